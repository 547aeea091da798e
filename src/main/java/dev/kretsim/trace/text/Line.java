package dev.kretsim.trace.text;

import java.nio.charset.StandardCharsets;

/**
 * One line of text as the bytes it came in, without its newline: a window on {@link LineReader}'s
 * buffer, valid until the next line is read. Positions count from 0 at the line's first byte.
 */
public final class Line {
  /** No such byte, no such number. */
  public static final int NONE = -1;

  private static final int EPOCH_NS_DIGITS = 19;
  private static final long EPOCH_NS_LEAST = 1_000_000_000_000_000_000L;
  private static final int MOST_SECONDS_DIGITS = 10;
  private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000 - 1;

  private byte[] bytes = new byte[0];
  private int start;
  private int length;

  void show(byte[] newBytes, int newStart, int newLength) {
    this.bytes = newBytes;
    this.start = newStart;
    this.length = newLength;
  }

  /** The line that holds this text; for tests and for detecting formats. */
  public static Line of(String text) {
    Line line = new Line();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    line.show(bytes, 0, bytes.length);
    return line;
  }

  public byte[] buffer() {
    return bytes;
  }

  /** Where the byte at a position lies in {@link #buffer}. */
  public int offset(int position) {
    return start + position;
  }

  public int length() {
    return length;
  }

  /** The byte there, or 0 outside the line. */
  public byte at(int position) {
    return position >= 0 && position < length ? bytes[start + position] : 0;
  }

  public int indexOf(char wanted, int from) {
    for (int i = Math.max(0, from); i < length; i++) {
      if (bytes[start + i] == wanted) {
        return i;
      }
    }
    return NONE;
  }

  public int indexOf(String wanted, int from) {
    int last = length - wanted.length();
    for (int i = Math.max(0, from); i <= last; i++) {
      if (has(wanted, i)) {
        return i;
      }
    }
    return NONE;
  }

  public boolean contains(String wanted) {
    return indexOf(wanted, 0) != NONE;
  }

  /** Whether exactly this text stands at a position. */
  public boolean has(String wanted, int position) {
    if (position < 0 || position + wanted.length() > length) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (bytes[start + position + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Its length up to and with the newline that ends it; {@link #NONE} if it ends without. */
  public int lengthWithNewline() {
    int end = start + length;
    end += end < bytes.length && bytes[end] == '\r' ? 1 : 0;
    return end < bytes.length && bytes[end] == '\n' ? end + 1 - start : NONE;
  }

  /** The first position from there on that is not blank, or the line's length. */
  public int skipBlanks(int from) {
    int i = from;
    while (i < length && isBlank(bytes[start + i])) {
      i++;
    }
    return i;
  }

  /** The end of what lies before a position, blanks cut off. */
  public int trimEnd(int from, int to) {
    int i = to;
    while (i > from && isBlank(bytes[start + i - 1])) {
      i--;
    }
    return i;
  }

  /** The first position from there on that is blank, or the line's length. */
  public int tokenEnd(int from) {
    int i = from;
    while (i < length && !isBlank(bytes[start + i])) {
      i++;
    }
    return i;
  }

  /** Where what ends before a position begins: behind a blank, or at the line's beginning. */
  public int tokenBegin(int to) {
    int i = to;
    while (i > 0 && !isBlank(bytes[start + i - 1])) {
      i--;
    }
    return i;
  }

  /** The first position from there on that is not a lower-case hexadecimal digit. */
  public int skipHexDigits(int from) {
    int i = from;
    while (isHexDigit(at(i))) {
      i++;
    }
    return i;
  }

  /** The number that 1 to 16 hexadecimal digits in a range are. */
  public long hexNumber(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      byte digit = at(i);
      value = value << 4 | (isDigit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    return value;
  }

  /** The first position from there on that is not a decimal digit. */
  public int skipDigits(int from) {
    int i = from;
    while (isDigit(at(i))) {
      i++;
    }
    return i;
  }

  /** The decimal number that fills a range exactly, or {@link #NONE}; at most 18 digits. */
  public long number(int from, int to) {
    if (to <= from || to - from > 18) {
      return NONE;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      byte digit = at(i);
      if (!isDigit(digit)) {
        return NONE;
      }
      value = value * 10 + (digit - '0');
    }
    return value;
  }

  /**
   * Seconds with up to nine decimals, such as {@code 74.663598}, in ns; or {@link #NONE}. A number
   * of 19 digits without a dot is ns since 1970, in this century.
   */
  public long secondsAsNs(int from, int to) {
    int dot = skipDigits(from);
    if (dot == to && to - from == EPOCH_NS_DIGITS && at(from) == '1') {
      return number(from + 1, to) + EPOCH_NS_LEAST;
    }
    if (at(dot) != '.' || dot >= to || to - dot - 1 > 9) {
      return NONE;
    }
    return decimal(from, dot, to, 9);
  }

  /** What the last digit of seconds stands for that end at a position after a dot, in ns. */
  public long resolutionNs(int to) {
    long ns = 1;
    int decimals = 0;
    while (isDigit(at(to - 1 - decimals)) && decimals < 9) {
      decimals++;
    }
    for (int i = decimals; i < 9; i++) {
      ns *= 10;
    }
    return ns;
  }

  /** Microseconds with up to three decimals, such as {@code 43650.18}, in ns; or {@link #NONE}. */
  public long microsecondsAsNs(int from, int to) {
    int dot = skipDigits(from);
    if (dot == to && dot > from && dot - from <= MOST_SECONDS_DIGITS) {
      return number(from, to) * 1000;
    }
    if (at(dot) != '.' || dot >= to || to - dot - 1 > 3) {
      return NONE;
    }
    return decimal(from, dot, to, 3);
  }

  private long decimal(int from, int dot, int to, int decimals) {
    long whole = dot - from <= MOST_SECONDS_DIGITS ? number(from, dot) : NONE;
    long fraction = number(dot + 1, to);
    if (whole == NONE || whole > MOST_SECONDS || fraction == NONE) {
      return NONE;
    }
    long scaled = whole;
    for (int i = 0; i < decimals; i++) {
      scaled *= 10;
    }
    for (int i = to - dot - 1; i < decimals; i++) {
      fraction *= 10;
    }
    return scaled + fraction;
  }

  public String text(int from, int to) {
    return new String(bytes, start + from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text(0, length);
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  public static boolean isHexDigit(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'f');
  }

  public static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
