package dev.kretsim.memory;

/**
 * Where the words of one structure lie: which share a cache line and which never do.
 *
 * <p>A word is 64 bits and named by its index. Every reservation starts two lines after the one
 * before it ends, so that two reservations never share a line, whatever the alignment of the array
 * behind them, and never sit in one pair of lines that a prefetcher fetches together.
 */
public final class Layout {
  /** Words in a cache line of 64 bytes. */
  public static final int WORDS_PER_LINE = 8;

  private static final int APART = 2 * WORDS_PER_LINE;

  private int end = APART;

  /**
   * Reserves words that are meant to share lines.
   *
   * @param words how many, at least 1
   * @return the index of the first; the others follow it
   */
  public int reserve(int words) {
    if (words < 1) {
      throw new IllegalArgumentException("words must be >= 1: words=" + words);
    }
    int first = end;
    int lines = (words - 1) / WORDS_PER_LINE + 1;
    end = Math.addExact(first, Math.multiplyExact(lines, WORDS_PER_LINE) + APART);
    return first;
  }

  /** Words in all, padding included. */
  public int size() {
    return end;
  }
}
