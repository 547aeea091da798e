package dev.kretsim.trace.text;

/**
 * Where the stamp stands in lines that all have the same columns.
 *
 * @param dot the column of the dot
 * @param unusedBits how many bits of the eight bytes before the dot stand before the seconds
 */
public record Stamps(int dot, int unusedBits) {
  private static final int DECIMALS = 6;

  /** A dot and its decimals. */
  public static final int FRACTION = 1 + DECIMALS;

  /**
   * Learns from a line.
   *
   * @param from where the column of the seconds begins, with its blanks
   * @param to where the stamp ends
   * @return the columns; those that were known if they are the same, and if no such stamp can be
   *     read a place where none is
   */
  public static Stamps learn(Stamps known, Line line, int from, int to) {
    int dot = to - FRACTION;
    if (dot <= from || dot - from > Long.BYTES || line.at(dot) != '.') {
      return NONE;
    }
    int unusedBits = Long.SIZE - (dot - from) * Byte.SIZE;
    return known.dot == dot && known.unusedBits == unusedBits ? known : new Stamps(dot, unusedBits);
  }

  /** No place is known. */
  public static final Stamps NONE = new Stamps(Line.NONE, 0);
}
