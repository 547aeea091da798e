package dev.kretsim.plan;

import java.util.Arrays;

/**
 * The free ones among the numbers 0, 1, 2, ...; finds the lowest.
 *
 * <p>A tree of 64-bit words in which a set bit says "a free one below": one word up to 64 numbers,
 * two levels up to 4096, three up to 262 144, so taking and giving back touch one word a level. It
 * grows a level where the highest is full.
 */
final class FreeIndexes {
  private static final int BITS = 6;
  private static final int MASK = 63;

  /** From the leaves up; the last has one word. */
  private long[][] levels = {allFree(1)};

  private static long[] allFree(int words) {
    long[] level = new long[words];
    Arrays.fill(level, -1L);
    return level;
  }

  /** Takes the lowest free number. */
  int takeLowest() {
    if (levels[levels.length - 1][0] == 0) {
      grow();
    }
    int index = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      index = (index << BITS) | Long.numberOfTrailingZeros(levels[level][index]);
    }
    int position = index;
    for (long[] words : levels) {
      int word = position >>> BITS;
      words[word] &= ~(1L << (position & MASK));
      if (words[word] != 0) {
        break;
      }
      position = word;
    }
    return index;
  }

  /** Gives back a number that was taken. */
  void giveBack(int index) {
    int position = index;
    for (long[] words : levels) {
      int word = position >>> BITS;
      long before = words[word];
      assert (before & (1L << (position & MASK))) == 0 || words != levels[0]
          : "given back twice: " + index;
      words[word] = before | (1L << (position & MASK));
      if (before != 0) {
        break;
      }
      position = word;
    }
  }

  /** Becomes equal to another. */
  void copyFrom(FreeIndexes other) {
    if (levels.length != other.levels.length) {
      levels = new long[other.levels.length][];
      for (int level = 0; level < levels.length; level++) {
        levels[level] = other.levels[level].clone();
      }
      return;
    }
    for (int level = 0; level < levels.length; level++) {
      System.arraycopy(other.levels[level], 0, levels[level], 0, levels[level].length);
    }
  }

  private void grow() {
    long[][] taller = new long[levels.length + 1][];
    for (int level = 0; level < levels.length; level++) {
      long[] words = levels[level];
      long[] wider = Arrays.copyOf(words, words.length << BITS);
      Arrays.fill(wider, words.length, wider.length, -1L);
      taller[level] = wider;
    }
    taller[levels.length] = new long[] {-2L};
    levels = taller;
  }
}
