package dev.kretsim.trace;

/**
 * Numbers from 0 up of which each was seen or not. Memory goes with how many were seen, also where
 * they lie far apart.
 */
public final class SparseSet {
  private static final int WORD_BITS = 6;

  /** Those below 64, which most sets have no others than. */
  private long low;

  /** One more than the number of a word of 64 bits; 0 if the place is free. */
  private int[] keys = new int[2];

  private long[] words = new long[2];
  private int used;
  private int size;

  /**
   * Adds a number.
   *
   * @param number at least 0; nothing happens if it is there already
   */
  public void add(int number) {
    if (number < Long.SIZE) {
      long before = low;
      low |= 1L << number;
      size += before == low ? 0 : 1;
      return;
    }
    int place = place(number >>> WORD_BITS);
    if (keys[place] == 0) {
      if (2 * (used + 1) > keys.length) {
        grow();
        place = place(number >>> WORD_BITS);
      }
      keys[place] = (number >>> WORD_BITS) + 1;
      used++;
    }
    long before = words[place];
    long after = before | 1L << number;
    if (before != after) {
      words[place] = after;
      size++;
    }
  }

  /**
   * {@return whether a number is there}
   *
   * @param number at least 0
   */
  public boolean contains(int number) {
    if (number < Long.SIZE) {
      return (low >>> number & 1) != 0;
    }
    int place = place(number >>> WORD_BITS);
    return keys[place] != 0 && (words[place] >>> number & 1) != 0;
  }

  /** {@return how many numbers there are} */
  public int size() {
    return size;
  }

  private int place(int word) {
    int mask = keys.length - 1;
    int place = word * 0x9e3779b9 >>> 7 & mask;
    while (keys[place] != 0 && keys[place] != word + 1) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    int[] oldKeys = keys;
    long[] oldWords = words;
    keys = new int[2 * oldKeys.length];
    words = new long[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int place = place(oldKeys[i] - 1);
        keys[place] = oldKeys[i];
        words[place] = oldWords[i];
      }
    }
  }
}
