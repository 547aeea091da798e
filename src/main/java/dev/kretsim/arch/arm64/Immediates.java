package dev.kretsim.arch.arm64;

import java.util.OptionalLong;

/** Data processing with a constant in the instruction. */
final class Immediates {
  private Immediates() {}

  /** Executes one; false if it is not interpreted. */
  static boolean execute(Word word, Regs regs) {
    return switch (word.bits(23, 3)) {
      case 0, 1 -> addressOfPlace(word, regs);
      case 2 -> addOrSubtract(word, regs);
      case 4 -> logical(word, regs);
      case 5 -> moveWide(word, regs);
      case 6 -> bitfield(word, regs);
      case 7 -> extract(word, regs);
      default -> false;
    };
  }

  private static boolean addressOfPlace(Word word, Regs regs) {
    long distance = word.signedBits(5, 19) << 2 | word.bits(29, 2);
    long pc = regs.instructionPointer();
    regs.setX(word.bits(0, 5), word.bit(31) ? (pc & -4096) + (distance << 12) : pc + distance);
    return true;
  }

  private static boolean addOrSubtract(Word word, Regs regs) {
    long constant = (long) word.bits(10, 12) << (word.bit(22) ? 12 : 0);
    Alu.addOrSubtract(word, regs, regs.xOrSp(word.bits(5, 5)), constant, true);
    return true;
  }

  private static boolean logical(Word word, Regs regs) {
    OptionalLong mask = mask(word);
    if (mask.isEmpty()) {
      return false;
    }
    long value = Alu.logical(word, regs, regs.x(word.bits(5, 5)), mask.getAsLong());
    if (word.bits(29, 2) == 3) {
      regs.setX(word.bits(0, 5), value);
    } else {
      regs.setXOrSp(word.bits(0, 5), value);
    }
    return true;
  }

  /**
   * The constant of a logical instruction: a run of ones, rotated within an element of 2 to 64 bits
   * that repeats to fill the register.
   */
  private static OptionalLong mask(Word word) {
    boolean n = word.bit(22);
    if (n && !word.wide()) {
      return OptionalLong.empty();
    }
    int sizeBits = (n ? 64 : 0) | ~word.bits(10, 6) & 63;
    int element = Integer.highestOneBit(sizeBits);
    int ones = (word.bits(10, 6) & element - 1) + 1;
    if (element < 2 || ones == element) {
      return OptionalLong.empty();
    }
    long run = -1L >>> (64 - ones);
    int right = word.bits(16, 6) & element - 1;
    long value = run >>> right;
    if (right != 0) {
      value |= run << (element - right) & -1L >>> (64 - element);
    }
    for (int filled = element; filled < 64; filled *= 2) {
      value |= value << filled;
    }
    return OptionalLong.of(value);
  }

  private static boolean moveWide(Word word, Regs regs) {
    int shift = 16 * word.bits(21, 2);
    if (!word.wide() && shift >= 32) {
      return false;
    }
    int target = word.bits(0, 5);
    long constant = (long) word.bits(5, 16) << shift;
    long value;
    switch (word.bits(29, 2)) {
      case 0 -> value = ~constant;
      case 2 -> value = constant;
      case 3 -> value = regs.x(target) & ~(0xffffL << shift) | constant;
      default -> {
        return false;
      }
    }
    regs.setX(target, word.wide(), value);
    return true;
  }

  private static boolean bitfield(Word word, Regs regs) {
    int width = word.wide() ? 64 : 32;
    int right = word.bits(16, 6);
    int last = word.bits(10, 6);
    int kind = word.bits(29, 2);
    if (kind == 3 || word.bit(22) != word.wide() || right >= width || last >= width) {
      return false;
    }
    long source = regs.x(word.bits(5, 5));
    boolean extracts = last >= right;
    int count = extracts ? last - right + 1 : last + 1;
    int place = extracts ? 0 : width - right;
    long ones = -1L >>> (64 - count);
    long field = source >>> (extracts ? right : 0) & ones;
    int target = word.bits(0, 5);
    long value =
        switch (kind) {
          case 0 -> field << (64 - count) >> (64 - count) << place;
          case 1 -> regs.x(target) & ~(ones << place) | field << place;
          default -> field << place;
        };
    regs.setX(target, word.wide(), value);
    return true;
  }

  private static boolean extract(Word word, Regs regs) {
    int last = word.bits(10, 6);
    if (word.bits(29, 2) != 0
        || word.bit(21)
        || word.bit(22) != word.wide()
        || !word.wide() && last >= 32) {
      return false;
    }
    long high = regs.x(word.bits(5, 5));
    long low = regs.x(word.bits(16, 5));
    long value;
    if (word.wide()) {
      value = last == 0 ? low : high << (64 - last) | low >>> last;
    } else {
      value = (high << 32 | low & 0xffff_ffffL) >>> last;
    }
    regs.setX(word.bits(0, 5), word.wide(), value);
    return true;
  }
}
