package dev.kretsim.memory.explore;

import java.util.Random;

/**
 * One random schedule. Some change the CPU at nearly every step, some let one run on for a while,
 * so that another stands still in the middle of an operation: each finds races that the other does
 * not.
 */
final class RandomSearch implements Search {
  /** How many steps a CPU makes in a row, on average; the seed chooses one. */
  private static final int[] BURSTS = {1, 3, 12};

  private final Random random;
  private final int burst;
  private int last = NOBODY;
  private boolean begun;

  RandomSearch(long seed) {
    random = new Random(seed);
    burst = BURSTS[random.nextInt(BURSTS.length)];
  }

  @Override
  public boolean more() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  @Override
  public int choose(Execution execution, int able) {
    int chosen = nth(able, random.nextInt(Integer.bitCount(able)));
    if (last != NOBODY && (able & 1 << last) != 0 && random.nextInt(burst) != 0) {
      chosen = last;
    }
    last = chosen;
    return chosen;
  }

  private static int nth(int bits, int n) {
    int left = bits;
    for (int i = 0; i < n; i++) {
      left &= left - 1;
    }
    return Integer.numberOfTrailingZeros(left);
  }
}
