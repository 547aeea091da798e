package dev.kretsim.plan.curve;

/**
 * A hunt among 64 indexes, which are the bits of one word. A call leaves its bit where the call
 * that finds it gone takes it up, so departures need no order; nothing depends on a branch, and the
 * only thing that a call waits for is the word.
 */
public class OneWordHunt extends Hunt {
  private static final int ROOM = Long.SIZE;

  private long free = -1;
  private long[] left = {};

  @Override
  public void begin(int calls) {
    left = new long[calls + 1];
  }

  @Override
  public void take(int index) {
    free &= ~(1L << index);
  }

  @Override
  public void leave(int before, int index) {
    left[before] |= 1L << index;
  }

  @Override
  public boolean play(int calls, int[] ranks, int[] indexes) {
    long[] back = left;
    long word = free;
    int all = 0;
    for (int call = 0; call < calls; call++) {
      word |= back[call];
      back[call] = 0;
      long lowest = word & -word;
      word ^= lowest;
      back[ranks[call]] |= lowest;
      int index = Long.numberOfTrailingZeros(lowest);
      indexes[call] = index;
      all |= index;
    }
    back[calls] = 0;
    free = word;
    // No bit has the number 64.
    return (all & ROOM) == 0;
  }

  @Override
  public Hunt larger() {
    return new FourWordsHunt();
  }
}
