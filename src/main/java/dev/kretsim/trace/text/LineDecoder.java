package dev.kretsim.trace.text;

/**
 * Decodes the lines of blocks. Each worker has its own. This one understands no line at sight; the
 * others those that are like ones before, in which the stamp stands at the same place.
 */
public class LineDecoder {
  private static final long SECOND_NS = 1_000_000_000L;

  /** Stands for none: as NUL bytes, which are no stamp either. */
  private static final long NO_SECONDS = 0;

  private long latestSeconds = NO_SECONDS;
  private long latestNs = Line.NONE;
  private int latestUnusedBits;

  /** Makes a record of each line that is not blank. */
  public void decode(Block block) {
    int at = block.from();
    while (at < block.to()) {
      at = pass(block, at);
    }
  }

  /**
   * Leaves a line to others.
   *
   * @return where the next begins
   */
  protected static int pass(Block block, int at) {
    int newline = Eight.newline(block.bytes(), at, block.to());
    int end = newline == Line.NONE ? block.to() : newline;
    if (end == at) {
      block.blank();
    } else {
      block.addUnknown(at, end);
    }
    return end + 1;
  }

  /**
   * Another block begins. Its first stamp is read anew: else Java would compile the loop as if
   * seconds never changed, and once more, a long while of a short trace, when they do.
   */
  protected final void begin() {
    latestSeconds = NO_SECONDS;
    latestNs = Line.NONE;
  }

  /**
   * The whole seconds of a line, in ns; {@link Line#NONE} where something else stands there.
   *
   * @param dotAt where the dot is; eight bytes can be read before it
   * @param unusedBits how many of those bits stand before the column of the seconds
   */
  protected final long secondsNs(byte[] bytes, int dotAt, int unusedBits) {
    long seconds = Eight.at(bytes, dotAt - Long.BYTES) >>> unusedBits;
    return seconds == latestSeconds && unusedBits == latestUnusedBits
        ? latestNs
        : newSecondsNs(seconds, unusedBits);
  }

  private long newSecondsNs(long seconds, int unusedBits) {
    long rest = seconds << unusedBits;
    long value = 0;
    boolean digits = false;
    for (int at = unusedBits / Byte.SIZE; at < Long.BYTES; at++) {
      byte b = (byte) (rest >>> at * Byte.SIZE);
      if (Line.isDigit(b)) {
        digits = true;
        value = value * 10 + (b - '0');
      } else if (digits || !Line.isBlank(b)) {
        return Line.NONE;
      }
    }
    if (!digits) {
      return Line.NONE;
    }
    latestSeconds = seconds;
    latestUnusedBits = unusedBits;
    latestNs = value * SECOND_NS;
    return latestNs;
  }

  /** The decimals behind a dot, in ns; {@link Line#NONE} where something else stands there. */
  protected static long fractionNs(byte[] bytes, int dotAt, Stamps stamps) {
    long values = Eight.at(bytes, dotAt + 1) ^ Eight.ZEROS;
    if (stamps.showNs()) {
      int last = bytes[dotAt + 1 + Long.BYTES] - '0';
      return Eight.areDigits(values) && last >= 0 && last <= 9
          ? Eight.number(values) * 10 + last
          : Line.NONE;
    }
    long six = values << 2 * Byte.SIZE;
    return Eight.areDigits(six) ? Eight.number(six) * 1000 : Line.NONE;
  }
}
