package dev.kretsim.plan.curve;

import java.util.Arrays;

/**
 * The free ones among the numbers 0, 1, 2, ...; finds the lowest.
 *
 * <p>A tree of 64-bit words in which a set bit says "a free one below": one word up to 64 numbers,
 * two levels up to 4096, three up to 262 144, so taking and giving back touch one word a level. It
 * grows a level where the highest is full.
 */
public final class FreeIndexes {
  private static final int BITS = 6;
  private static final int MASK = 63;

  /** From the leaves up; the last has one word. */
  private long[][] levels = {allFree(1)};

  /** The first and the last of them: most often there is no other. */
  private long[] leaves = levels[0];

  private long[] root = levels[0];

  private static long[] allFree(int words) {
    long[] level = new long[words];
    Arrays.fill(level, -1L);
    return level;
  }

  /** Takes the lowest free number. */
  public int takeLowest() {
    long top = root[0];
    if (top == 0) {
      grow();
      top = root[0];
    }
    int index = Long.numberOfTrailingZeros(top);
    if (leaves == root) {
      root[0] = top & (top - 1);
      return index;
    }
    for (int level = levels.length - 2; level > 0; level--) {
      index = index << BITS | Long.numberOfTrailingZeros(levels[level][index]);
    }
    long leaf = leaves[index];
    int lowest = index << BITS | Long.numberOfTrailingZeros(leaf);
    leaf &= leaf - 1;
    leaves[index] = leaf;
    if (leaf == 0) {
      empty(index);
    }
    return lowest;
  }

  /** Takes a number that is free. */
  void take(int number) {
    while (number >= leaves.length << BITS) {
      grow();
    }
    leaves[number >>> BITS] &= ~(1L << (number & MASK));
    if (leaves[number >>> BITS] == 0) {
      empty(number >>> BITS);
    }
  }

  /** That leaf has none left. */
  private void empty(int leaf) {
    int position = leaf;
    for (int level = 1; level < levels.length; level++) {
      long[] words = levels[level];
      int word = position >>> BITS;
      words[word] &= ~(1L << (position & MASK));
      if (words[word] != 0) {
        break;
      }
      position = word;
    }
  }

  /** Gives back a number that was taken. */
  public void giveBack(int index) {
    int leaf = index >>> BITS;
    long before = leaves[leaf];
    long bit = 1L << (index & MASK);
    assert (before & bit) == 0 : "given back twice: " + index;
    leaves[leaf] = before | bit;
    if (before == 0) {
      some(leaf);
    }
  }

  /** That leaf has one again. */
  private void some(int leaf) {
    int position = leaf;
    for (int level = 1; level < levels.length; level++) {
      long[] words = levels[level];
      int word = position >>> BITS;
      long before = words[word];
      words[word] = before | 1L << (position & MASK);
      if (before != 0) {
        break;
      }
      position = word;
    }
  }

  /** Becomes equal to another. */
  public void copyFrom(FreeIndexes other) {
    if (levels.length != other.levels.length) {
      long[][] copies = new long[other.levels.length][];
      for (int level = 0; level < copies.length; level++) {
        copies[level] = other.levels[level].clone();
      }
      become(copies);
      return;
    }
    for (int level = 0; level < levels.length; level++) {
      System.arraycopy(other.levels[level], 0, levels[level], 0, levels[level].length);
    }
  }

  private void become(long[][] other) {
    levels = other;
    leaves = other[0];
    root = other[other.length - 1];
  }

  private void grow() {
    long[][] taller = new long[levels.length + 1][];
    for (int level = 0; level < levels.length; level++) {
      long[] words = levels[level];
      long[] wider = Arrays.copyOf(words, words.length << BITS);
      Arrays.fill(wider, words.length, wider.length, -1L);
      taller[level] = wider;
    }
    // Below the first bit are those that were there before.
    taller[levels.length] = new long[] {root[0] == 0 ? -2L : -1L};
    become(taller);
  }
}
