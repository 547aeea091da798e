package dev.kretsim.trace.text;

/**
 * Where the stamp stands in lines that all have the same columns, and what it is. Seconds seldom
 * change, so their bytes are compared with the latest; the six digits behind the dot are read as
 * one word.
 */
public class QuickLines {
  /** How many bytes behind the lines of a buffer may be read, though not used. */
  static final int SLACK = 512;

  /** The widest column of seconds, with the blanks before it. */
  private static final int WIDEST = Long.BYTES;

  private static final int DECIMALS = 6;

  /** A dot and its decimals. */
  public static final int FRACTION = 1 + DECIMALS;

  private static final long SECOND_NS = 1_000_000_000L;

  /** The dot's column; {@link Line#NONE} until the columns are known. */
  public int dot = Line.NONE;

  private int unusedBits;
  private long latestSeconds;
  private long latestNs = Line.NONE;

  /**
   * Learns the columns from a line.
   *
   * @param from where the column of the seconds begins, with its blanks
   * @param to where the stamp ends
   * @return whether such a stamp can be read
   */
  protected final boolean learnStamp(Line line, int from, int to) {
    int newDot = to - FRACTION;
    if (newDot <= from || newDot - from > WIDEST || line.at(newDot) != '.') {
      return false;
    }
    if (newDot != dot || unusedBits != unusedBits(from, newDot)) {
      dot = newDot;
      unusedBits = unusedBits(from, newDot);
      latestNs = Line.NONE;
    }
    return true;
  }

  private static int unusedBits(int from, int dot) {
    return Long.SIZE - (dot - from) * Byte.SIZE;
  }

  /**
   * The whole seconds of a line, in ns; {@link Line#NONE} where something else stands there.
   *
   * @param dotAt where in the buffer the dot is; eight bytes can be read before it
   */
  protected final long secondsNs(byte[] buffer, int dotAt) {
    long seconds = Eight.at(buffer, dotAt - Long.BYTES) >>> unusedBits;
    if (seconds == latestSeconds && latestNs != Line.NONE) {
      return latestNs;
    }
    return newSecondsNs(seconds);
  }

  private long newSecondsNs(long seconds) {
    long rest = seconds << unusedBits;
    long values = 0;
    boolean digits = false;
    for (int at = unusedBits / Byte.SIZE; at < WIDEST; at++) {
      byte b = (byte) (rest >>> at * Byte.SIZE);
      if (Line.isDigit(b)) {
        digits = true;
        values = values * 10 + (b - '0');
      } else if (digits || !Line.isBlank(b)) {
        return Line.NONE;
      }
    }
    if (!digits) {
      return Line.NONE;
    }
    latestSeconds = seconds;
    latestNs = values * SECOND_NS;
    return latestNs;
  }

  /** The six decimals behind a dot, in ns; {@link Line#NONE} where something else stands there. */
  protected static long fractionNs(byte[] buffer, int dotAt) {
    long values = (Eight.at(buffer, dotAt + 1) ^ Eight.ZEROS) << 2 * Byte.SIZE;
    return Eight.areDigits(values) ? Eight.number(values) * 1000 : Line.NONE;
  }
}
