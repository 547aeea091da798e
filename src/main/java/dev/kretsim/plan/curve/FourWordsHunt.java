package dev.kretsim.plan.curve;

/** A hunt among 256 indexes, as {@link OneWordHunt}, with four words at once. */
public final class FourWordsHunt extends Hunt {
  private static final int WORDS = 4;
  private static final int ROOM = WORDS * Long.SIZE;

  private final long[] free = {-1, -1, -1, -1};
  private long[] left = {};

  @Override
  public void begin(int calls) {
    left = new long[WORDS * (calls + 1)];
  }

  @Override
  public void take(int index) {
    free[index / Long.SIZE] &= ~(1L << index);
  }

  @Override
  public void leave(int before, int index) {
    left[WORDS * before + index / Long.SIZE] |= 1L << index;
  }

  @Override
  public boolean play(int calls, int[] ranks, int[] indexes) {
    long[] back = left;
    long a = free[0];
    long b = free[1];
    long c = free[2];
    long d = free[3];
    int all = 0;
    for (int call = 0; call < calls; call++) {
      int at = WORDS * call;
      a |= back[at];
      b |= back[at + 1];
      c |= back[at + 2];
      d |= back[at + 3];
      back[at] = 0;
      back[at + 1] = 0;
      back[at + 2] = 0;
      back[at + 3] = 0;
      // All ones while every word so far is empty: then the next one's lowest bit counts.
      long emptyA = ~((a | -a) >> 63);
      long emptyB = emptyA & ~((b | -b) >> 63);
      long emptyC = emptyB & ~((c | -c) >> 63);
      long lowestA = a & -a;
      long lowestB = b & -b & emptyA;
      long lowestC = c & -c & emptyB;
      long lowestD = d & -d & emptyC;
      a ^= lowestA;
      b ^= lowestB;
      c ^= lowestC;
      d ^= lowestD;
      int word = (int) -(emptyA + emptyB + emptyC);
      long lowest = lowestA | lowestB | lowestC | lowestD;
      back[WORDS * ranks[call] + word] |= lowest;
      int index = Long.SIZE * word + Long.numberOfTrailingZeros(lowest);
      indexes[call] = index;
      all |= index;
    }
    for (int word = 0; word < WORDS; word++) {
      back[WORDS * calls + word] = 0;
    }
    free[0] = a;
    free[1] = b;
    free[2] = c;
    free[3] = d;
    return (all & ROOM) == 0;
  }

  @Override
  public Hunt larger() {
    return new TwoLevelHunt();
  }
}
