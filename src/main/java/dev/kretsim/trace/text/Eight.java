package dev.kretsim.trace.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of text at a time, as one word whose lowest byte is the first. What is looked for is
 * marked by the high bit of its byte; only the first mark can be relied on, as a borrow may run on
 * behind it.
 *
 * <p>Source: H. Warren, Hacker's Delight, 6-1 (the first zero byte); the digits are joined in
 * pairs, as in D. Lemire, Quickly parsing eight digits, 2018.
 */
public final class Eight {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  public static final long NEWLINES = '\n' * LOW_BITS;
  public static final long ZEROS = '0' * LOW_BITS;
  public static final long BLANKS = ' ' * LOW_BITS;

  private Eight() {}

  /** The bytes from there on; all eight must lie in the array. */
  public static long at(byte[] text, int position) {
    return (long) WORDS.get(text, position);
  }

  /** A word of one and the same byte. */
  public static long all(char wanted) {
    return wanted * LOW_BITS;
  }

  /** Marks the bytes that are equal to those of a word of {@link #all} one; 0 if none is. */
  public static long find(long word, long wanted) {
    long zeros = word ^ wanted;
    return (zeros - LOW_BITS) & ~zeros & HIGH_BITS;
  }

  /** The position in its word of the first byte that {@link #find} marked. */
  public static int first(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }

  /** A word up to the first byte that was found and with it; what lies behind is 0. */
  static long upTo(long word, long found) {
    return word & (found ^ (found - 1));
  }

  /** All bits if {@link #find} found none, else no bit. */
  static long allIfNone(long found) {
    return ~((found | -found) >> Long.SIZE - 1);
  }

  /** Whether each byte is a number from 0 to 9: a digit that {@link #ZEROS} was taken from. */
  public static boolean areDigits(long values) {
    return ((values | (values + 0x0606060606060606L)) & 0xf0f0f0f0f0f0f0f0L) == 0;
  }

  /** How many digits a word ends with, from 0 to 8. */
  public static int digitsAtEnd(long word) {
    long values = word ^ ZEROS;
    long others = (values | (values & ~HIGH_BITS) + 0x7676767676767676L) & HIGH_BITS;
    return Long.numberOfLeadingZeros(others) >>> 3;
  }

  /** The decimal number that eight such values are. */
  public static long number(long values) {
    long pairs = values * 10 + (values >>> 8);
    return ((pairs & 0x000000ff000000ffL) * 0x000f424000000064L
            + (pairs >>> 16 & 0x000000ff000000ffL) * 0x0000271000000001L)
        >>> 32;
  }

  /**
   * The position of the first newline in a range.
   *
   * @return {@link Line#NONE} if there is none
   */
  public static int newline(byte[] text, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long found = find(at(text, i), NEWLINES);
      if (found != 0) {
        return i + first(found);
      }
    }
    for (; i < to; i++) {
      if (text[i] == '\n') {
        return i;
      }
    }
    return Line.NONE;
  }
}
