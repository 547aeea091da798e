package dev.kretsim.arch.arm64;

/** What instructions with a constant and with registers have in common, and the flags. */
final class Alu {
  private Alu() {}

  /**
   * Adds or subtracts as bits 29 to 31 of the instruction say.
   *
   * @param stackPointer whether target 31 is the stack pointer, unless flags are set
   */
  static void addOrSubtract(Word word, Regs regs, long left, long right, boolean stackPointer) {
    boolean subtract = word.bit(30);
    long value = add(word, regs, left, subtract ? ~right : right, subtract);
    int target = word.bits(0, 5);
    if (stackPointer && !word.bit(29)) {
      regs.setXOrSp(target, word.wide() ? value : value & 0xffff_ffffL);
    } else {
      regs.setX(target, word.wide(), value);
    }
  }

  /** The sum with a carry; sets the flags if bit 29 of the instruction says so. */
  static long add(Word word, Regs regs, long left, long right, boolean carryIn) {
    long sum = left + right + (carryIn ? 1 : 0);
    if (word.bit(29)) {
      boolean wide = word.wide();
      long carries = left & right | (left | right) & ~sum;
      long overflow = (left ^ sum) & (right ^ sum);
      regs.setFlags(
          negative(sum, wide), zero(sum, wide), negative(carries, wide), negative(overflow, wide));
    }
    return sum;
  }

  /** and, orr, eor or ands, as bits 29 and 30 say; the last sets the flags. */
  static long logical(Word word, Regs regs, long left, long right) {
    int kind = word.bits(29, 2);
    long value =
        switch (kind) {
          case 1 -> left | right;
          case 2 -> left ^ right;
          default -> left & right;
        };
    if (kind == 3) {
      regs.setFlags(negative(value, word.wide()), zero(value, word.wide()), false, false);
    }
    return word.wide() ? value : value & 0xffff_ffffL;
  }

  /** Shifts by lsl, lsr, asr or ror (0 to 3). */
  static long shift(long value, int kind, int by, boolean wide) {
    if (wide) {
      return switch (kind) {
        case 0 -> value << by;
        case 1 -> value >>> by;
        case 2 -> value >> by;
        default -> Long.rotateRight(value, by);
      };
    }
    int low = (int) value;
    return switch (kind) {
      case 0 -> low << by;
      case 1 -> low >>> by;
      case 2 -> low >> by;
      default -> Integer.rotateRight(low, by);
    };
  }

  /** Extends by uxtb, uxth, uxtw, uxtx, sxtb, sxth, sxtw or sxtx (0 to 7), then shifts left. */
  static long extend(long value, int kind, int by) {
    int unused = 64 - (8 << (kind & 3));
    long moved = value << unused;
    return ((kind & 4) != 0 ? moved >> unused : moved >>> unused) << by;
  }

  private static boolean negative(long value, boolean wide) {
    return wide ? value < 0 : (int) value < 0;
  }

  private static boolean zero(long value, boolean wide) {
    return wide ? value == 0 : (int) value == 0;
  }
}
