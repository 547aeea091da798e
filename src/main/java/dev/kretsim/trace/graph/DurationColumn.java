package dev.kretsim.trace.graph;

import dev.kretsim.trace.text.Eight;
import dev.kretsim.trace.text.Line;

/**
 * The column of function_graph in which a duration stands, such as {@code + 12.345 us |}, or
 * nothing. A mark for its size, a blank, as many decimals as make seven digits with the rest, but
 * no more than three, and blanks up to the bar.
 */
final class DurationColumn {
  /** Neither blank nor such a duration. */
  static final long UNKNOWN = -2;

  /** The mark and the blank behind it. */
  private static final int MARKED = 2;

  private static final String MARKS = " !#$*+@";
  private static final long DOTS = Eight.all('.');
  private static final long BARS = Eight.all('|');
  private static final long UNIT = ' ' | 'u' << 8 | 's' << 16;
  private static final long UNIT_BITS = 0xffffff;
  private static final int UNIT_LENGTH = 3;
  private static final int LEAST = 9;
  private static final int MOST = 16;

  /** By the digits before the dot. */
  private static final int[] DECIMALS = {0, 3, 3, 3, 3, 2, 1, 0};

  private static final int[] SCALES = {0, 1, 1, 1, 1, 10, 100, 0};

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

  private int width;
  private int lead = MARKED;

  private static int unused(int blanks) {
    return (Long.BYTES - 1 - blanks) * Byte.SIZE;
  }

  /**
   * Learns from a line where the column lies and, if it holds one, where the durations begin.
   *
   * @param to behind the bar
   * @return whether such a column can be read
   */
  boolean learn(Line line, int from, int to) {
    width = to - from;
    int unit = line.indexOf(" us", from);
    if (unit != Line.NONE && unit < to) {
      int number = unit;
      while (number > from && !Line.isBlank(line.at(number - 1))) {
        number--;
      }
      lead = number - from;
    }
    return width >= LEAST && width <= MOST && lead >= MARKED && lead <= Long.BYTES;
  }

  int width() {
    return width;
  }

  /** Whether what stands before the number are blanks, and a mark at most. */
  private boolean isLead(byte[] text, int from) {
    int mark = lead - MARKED;
    long others = (Eight.at(text, from) ^ Eight.BLANKS) & ~(0xffL << mark * Byte.SIZE);
    return others << (Long.BYTES - lead) * Byte.SIZE == 0 && IS_MARK[text[from + mark] & 0xff];
  }

  /** What stands in the column there, in ns; {@link Line#NONE} for nothing, or {@link #UNKNOWN}. */
  long read(byte[] text, int from) {
    long last = Eight.at(text, from + width - Long.BYTES);
    long number = Eight.at(text, from + lead);
    long dots = Eight.find(number, DOTS);
    if (dots == 0) {
      boolean blank = last == ENDS[Long.BYTES - 1] && Eight.at(text, from) == Eight.BLANKS;
      return blank ? Line.NONE : UNKNOWN;
    }
    int digits = Eight.first(dots);
    int decimals = DECIMALS[digits];
    int unit = lead + digits + 1 + decimals;
    int blanks = width - 1 - unit - UNIT_LENGTH;
    long before = ~(-1L << digits * Byte.SIZE);
    long all = ((number & before) | (number >>> Byte.SIZE & ~before)) ^ Eight.ZEROS;
    long values = all << (Long.BYTES - digits - decimals) * Byte.SIZE;
    if (decimals == 0
        || blanks < 0
        || blanks >= Long.BYTES
        || !isLead(text, from)
        || (Eight.at(text, from + unit) & UNIT_BITS) != UNIT
        || last >>> unused(blanks) != ENDS[blanks]
        || !Eight.areDigits(values)) {
      return UNKNOWN;
    }
    return Eight.number(values) * SCALES[digits];
  }
}
