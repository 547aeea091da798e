package dev.kretsim.trace.text;

/**
 * Where the stamp stands in lines that all have the same columns.
 *
 * @param dot the column of the dot
 * @param unusedBits how many bits of the eight bytes before the dot stand before the seconds
 * @param decimals 6 or 9
 */
public record Stamps(int dot, int unusedBits, int decimals) {
  private static final int MICROSECONDS = 6;
  private static final int NANOSECONDS = 9;

  /** No place is known. */
  public static final Stamps NONE = new Stamps(Line.NONE, 0, MICROSECONDS);

  /** The length of the dot and its decimals. */
  public int fraction() {
    return 1 + decimals;
  }

  /** Whether the decimals are nanoseconds. */
  boolean showNs() {
    return decimals == NANOSECONDS;
  }

  /**
   * Learns from a line.
   *
   * @param from where the column of the seconds begins, with its blanks
   * @param to where the stamp ends
   * @return the columns; those that were known if they are the same, and if no such stamp can be
   *     read a place where none is
   */
  public static Stamps learn(Stamps known, Line line, int from, int to) {
    int decimals = line.at(to - 1 - MICROSECONDS) == '.' ? MICROSECONDS : NANOSECONDS;
    int dot = to - 1 - decimals;
    if (dot <= from || dot - from > Long.BYTES || line.at(dot) != '.') {
      return NONE;
    }
    int unusedBits = Long.SIZE - (dot - from) * Byte.SIZE;
    // Not by equals: a record makes it at its first use, and that takes as long as a small trace.
    boolean same = dot == known.dot && unusedBits == known.unusedBits && decimals == known.decimals;
    return same ? known : new Stamps(dot, unusedBits, decimals);
  }
}
