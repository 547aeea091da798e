package dev.kretsim.trace.graph;

import dev.kretsim.trace.text.Eight;
import dev.kretsim.trace.text.Line;

/**
 * The column of function_graph in which a duration stands, such as {@code + 12.345 us |}, or
 * nothing. Before the number are blanks, and a mark for its size at most; behind it up to three
 * decimals, the unit, and blanks up to the bar. Where in the column the number begins is left open:
 * some kernels push it to the left, some to the right.
 */
final class DurationColumn {
  /** Neither blank nor such a duration. */
  static final long UNKNOWN = -2;

  private static final String MARKS = "!#$*+@";
  private static final long DOTS = Eight.all('.');
  private static final long BARS = Eight.all('|');
  private static final long UNIT = ' ' | 'u' << 8 | 's' << 16;
  private static final long UNIT_BITS = 0xffffff;
  private static final int UNIT_LENGTH = 3;
  private static final int LEAST = 9;
  private static final int MOST = 16;
  private static final int MOST_DECIMALS = 3;

  /** What a last decimal is worth, by the number of decimals. */
  private static final int[] SCALES = {0, 100, 10, 1};

  /** By the number of blanks: the bar, with the blanks before it, as a word's last bytes. */
  private static final long[] ENDS = new long[Long.BYTES];

  private static final boolean[] IS_MARK = new boolean[256];

  static {
    long end = (Eight.BLANKS & ~0L >>> Byte.SIZE) | BARS << Long.SIZE - Byte.SIZE;
    for (int blanks = 0; blanks < ENDS.length; blanks++) {
      ENDS[blanks] = end >>> unused(blanks);
    }
    for (char mark : MARKS.toCharArray()) {
      IS_MARK[mark] = true;
    }
  }

  private DurationColumn() {}

  private static int unused(int blanks) {
    return (Long.BYTES - 1 - blanks) * Byte.SIZE;
  }

  /** Whether a column of that width, the bar included, can be read. */
  static boolean fits(int width) {
    return width >= LEAST && width <= MOST;
  }

  /** What stands in the column there, in ns; {@link Line#NONE} for nothing, or {@link #UNKNOWN}. */
  static long read(byte[] text, int from, int width) {
    long last = Eight.at(text, from + width - Long.BYTES);
    long first = Eight.at(text, from);
    // The number's end, the unit and the bar take five bytes at least.
    long found = Eight.find(first, DOTS);
    int dot = Eight.first(found);
    if (found == 0) {
      if (first == Eight.BLANKS && last == ENDS[Long.BYTES - 1]) {
        return Line.NONE;
      }
      found = Eight.find(last, DOTS);
      dot = width - Long.BYTES + Eight.first(found);
      if (found == 0) {
        return UNKNOWN;
      }
    }
    return number(text, from, width, dot, last);
  }

  private static long number(byte[] text, int from, int width, int dot, long last) {
    long before = Eight.at(text, from + dot - Long.BYTES);
    long behind = Eight.at(text, from + dot + 1);
    int digits = Math.min(dot, Eight.digitsAtEnd(before));
    int decimals = Eight.first(Eight.find(behind, Eight.BLANKS));
    int unit = dot + 1 + decimals;
    int blanks = width - 1 - unit - UNIT_LENGTH;
    if (digits == 0
        || digits + decimals > Long.BYTES
        || decimals == 0
        || decimals > MOST_DECIMALS
        || blanks < 0
        || blanks >= Long.BYTES
        || (Eight.at(text, from + unit) & UNIT_BITS) != UNIT
        || last >>> unused(blanks) != ENDS[blanks]
        || !isLead(text, from, dot - digits)) {
      return UNKNOWN;
    }
    long whole = (before ^ Eight.ZEROS) >>> (Long.BYTES - digits) * Byte.SIZE;
    long fraction = (behind ^ Eight.ZEROS) << (Long.BYTES - decimals) * Byte.SIZE;
    long values = whole << (Long.BYTES - digits - decimals) * Byte.SIZE | fraction;
    return Eight.areDigits(values) ? Eight.number(values) * SCALES[decimals] : UNKNOWN;
  }

  /** Whether what stands before the number are blanks, and a mark with one behind it at most. */
  private static boolean isLead(byte[] text, int from, int length) {
    if (length > Long.BYTES) {
      return false;
    }
    long others =
        length == 0
            ? 0
            : (Eight.at(text, from) ^ Eight.BLANKS) << (Long.BYTES - length) * Byte.SIZE;
    if (others == 0) {
      return true;
    }
    int mark = Long.numberOfTrailingZeros(others) / Byte.SIZE;
    int at = mark - (Long.BYTES - length);
    return (others & ~(0xffL << mark * Byte.SIZE)) == 0
        && at < length - 1
        && IS_MARK[text[from + at] & 0xff];
  }
}
