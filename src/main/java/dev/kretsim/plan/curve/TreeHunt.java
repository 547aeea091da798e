package dev.kretsim.plan.curve;

import java.util.Arrays;

/** A hunt among any number of indexes; those that leave before a call are a list. */
public final class TreeHunt extends Hunt {
  private static final int NONE = -1;

  private final FreeIndexes free = new FreeIndexes();
  private int[] first = {};

  /** The next in its list, by index. */
  private int[] next = new int[Long.SIZE];

  private long touched;

  @Override
  public void begin(int calls) {
    first = new int[calls + 1];
    Arrays.fill(first, NONE);
  }

  @Override
  public void take(int index) {
    free.take(index);
  }

  @Override
  public void leave(int before, int index) {
    if (index >= next.length) {
      next = Arrays.copyOf(next, Math.max(index + 1, 2 * next.length));
    }
    next[index] = first[before];
    first[before] = index;
  }

  @Override
  public boolean play(int calls, int[] ranks, int[] indexes) {
    for (int call = 0; call < calls; call++) {
      for (int leaving = first[call]; leaving != NONE; leaving = next[leaving]) {
        free.giveBack(leaving);
        touched++;
      }
      first[call] = NONE;
      int index = free.takeLowest();
      indexes[call] = index;
      leave(ranks[call], index);
    }
    first[calls] = NONE;
    return true;
  }

  @Override
  public Hunt larger() {
    throw new IllegalStateException("this hunt has room for all");
  }

  @Override
  public long touched() {
    return touched;
  }
}
