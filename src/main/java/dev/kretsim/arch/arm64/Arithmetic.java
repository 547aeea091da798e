package dev.kretsim.arch.arm64;

/** Data processing on registers that is more than one addition or logical operation. */
final class Arithmetic {
  private Arithmetic() {}

  /** Multiplication, with and without addition; false if it is none of them. */
  static boolean multiply(Word word, Regs regs) {
    int kind = word.bits(21, 3);
    if (word.bits(29, 2) != 0 || kind != 0 && !word.wide()) {
      return false;
    }
    long left = regs.x(word.bits(5, 5));
    long right = regs.x(word.bits(16, 5));
    long product;
    switch (kind) {
      case 0 -> product = left * right;
      case 1 -> product = (long) (int) left * (int) right;
      case 5 -> product = (left & 0xffff_ffffL) * (right & 0xffff_ffffL);
      case 2, 6 -> {
        if (word.bit(15)) {
          return false;
        }
        long signed = Math.multiplyHigh(left, right);
        long correction = (left >> 63 & right) + (right >> 63 & left);
        regs.setX(word.bits(0, 5), kind == 2 ? signed : signed + correction);
        return true;
      }
      default -> {
        return false;
      }
    }
    long addend = regs.x(word.bits(10, 5));
    regs.setX(word.bits(0, 5), word.wide(), word.bit(15) ? addend - product : addend + product);
    return true;
  }

  /** Division and shifts by a register; false if it is none of them. */
  static boolean ofTwo(Word word, Regs regs) {
    if (word.bit(29)) {
      return false;
    }
    long left = regs.x(word.bits(5, 5));
    long right = regs.x(word.bits(16, 5));
    boolean wide = word.wide();
    long value;
    switch (word.bits(10, 6)) {
      case 2 -> value = divideUnsigned(left, right, wide);
      case 3 -> value = divide(left, right, wide);
      case 8, 9, 10, 11 ->
          value = Alu.shift(left, word.bits(10, 2), (int) right & (wide ? 63 : 31), wide);
      default -> {
        return false;
      }
    }
    regs.setX(word.bits(0, 5), wide, value);
    return true;
  }

  /** Division by zero gives zero, and traps nowhere. */
  private static long divideUnsigned(long left, long right, boolean wide) {
    if (wide) {
      return right == 0 ? 0 : Long.divideUnsigned(left, right);
    }
    return (int) right == 0 ? 0 : Integer.divideUnsigned((int) left, (int) right);
  }

  private static long divide(long left, long right, boolean wide) {
    if (wide) {
      return right == 0 ? 0 : left / right;
    }
    return (int) right == 0 ? 0 : (int) left / (int) right;
  }

  /** Reversals and counts of bits; false if it is none of them. */
  static boolean ofOne(Word word, Regs regs) {
    if (word.bit(29) || word.bits(16, 5) != 0) {
      return false;
    }
    long source = regs.x(word.bits(5, 5));
    boolean wide = word.wide();
    long value;
    switch (word.bits(10, 6)) {
      case 0 -> value = wide ? Long.reverse(source) : Integer.reverse((int) source);
      case 1 ->
          value = source >>> 8 & 0x00ff_00ff_00ff_00ffL | (source & 0x00ff_00ff_00ff_00ffL) << 8;
      case 2 -> {
        long swapped = Long.reverseBytes(source);
        value = wide ? Long.rotateRight(swapped, 32) : swapped >>> 32;
      }
      case 3 -> {
        if (!wide) {
          return false;
        }
        value = Long.reverseBytes(source);
      }
      case 4 -> value = leadingZeros(source, wide);
      case 5 -> {
        long filled = wide ? source >> 63 : (int) source >> 31;
        value = leadingZeros(source ^ filled, wide) - 1;
      }
      default -> {
        return false;
      }
    }
    regs.setX(word.bits(0, 5), wide, value);
    return true;
  }

  private static int leadingZeros(long value, boolean wide) {
    return wide ? Long.numberOfLeadingZeros(value) : Integer.numberOfLeadingZeros((int) value);
  }
}
