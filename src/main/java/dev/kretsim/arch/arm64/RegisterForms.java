package dev.kretsim.arch.arm64;

/** Data processing on registers alone. */
final class RegisterForms {
  private RegisterForms() {}

  /** Executes one; false if it is not interpreted. */
  static boolean execute(Word word, Regs regs) {
    if (!word.bit(28)) {
      if (!word.bit(24)) {
        return logical(word, regs);
      }
      return word.bit(21) ? addExtended(word, regs) : addShifted(word, regs);
    }
    if (word.bit(24)) {
      return Arithmetic.multiply(word, regs);
    }
    return switch (word.bits(21, 3)) {
      case 0 -> addWithCarry(word, regs);
      case 2 -> compareIf(word, regs);
      case 4 -> select(word, regs);
      case 6 -> word.bit(30) ? Arithmetic.ofOne(word, regs) : Arithmetic.ofTwo(word, regs);
      default -> false;
    };
  }

  /** fmov between a general register and the low half of a vector register, 64 bits. */
  static boolean moveVector(Word word, Regs regs) {
    int source = word.bits(5, 5);
    int target = word.bits(0, 5);
    if (word.is(0xffff_fc00, 0x9e66_0000)) {
      regs.setX(target, regs.vector(source));
    } else if (word.is(0xffff_fc00, 0x9e67_0000)) {
      regs.setVector(target, regs.x(source));
    } else {
      return false;
    }
    return true;
  }

  private static boolean logical(Word word, Regs regs) {
    int by = word.bits(10, 6);
    if (!word.wide() && by >= 32) {
      return false;
    }
    long right = Alu.shift(regs.x(word.bits(16, 5)), word.bits(22, 2), by, word.wide());
    long left = regs.x(word.bits(5, 5));
    long value = Alu.logical(word, regs, left, word.bit(21) ? ~right : right);
    regs.setX(word.bits(0, 5), value);
    return true;
  }

  private static boolean addShifted(Word word, Regs regs) {
    int by = word.bits(10, 6);
    int kind = word.bits(22, 2);
    if (kind == 3 || !word.wide() && by >= 32) {
      return false;
    }
    long right = Alu.shift(regs.x(word.bits(16, 5)), kind, by, word.wide());
    Alu.addOrSubtract(word, regs, regs.x(word.bits(5, 5)), right, false);
    return true;
  }

  private static boolean addExtended(Word word, Regs regs) {
    int by = word.bits(10, 3);
    if (word.bits(22, 2) != 0 || by > 4) {
      return false;
    }
    long right = Alu.extend(regs.x(word.bits(16, 5)), word.bits(13, 3), by);
    Alu.addOrSubtract(word, regs, regs.xOrSp(word.bits(5, 5)), right, true);
    return true;
  }

  private static boolean addWithCarry(Word word, Regs regs) {
    if (word.bits(10, 6) != 0) {
      return false;
    }
    long right = regs.x(word.bits(16, 5));
    boolean subtract = word.bit(30);
    long left = regs.x(word.bits(5, 5));
    long sum = Alu.add(word, regs, left, subtract ? ~right : right, regs.carry());
    regs.setX(word.bits(0, 5), word.wide(), sum);
    return true;
  }

  private static boolean compareIf(Word word, Regs regs) {
    if (!word.bit(29) || word.bit(10) || word.bit(4)) {
      return false;
    }
    if (!regs.holds(word.bits(12, 4))) {
      regs.setFlags(word.bit(3), word.bit(2), word.bit(1), word.bit(0));
      return true;
    }
    long right = word.bit(11) ? word.bits(16, 5) : regs.x(word.bits(16, 5));
    boolean subtract = word.bit(30);
    Alu.add(word, regs, regs.x(word.bits(5, 5)), subtract ? ~right : right, subtract);
    return true;
  }

  private static boolean select(Word word, Regs regs) {
    if (word.bit(29) || word.bit(11)) {
      return false;
    }
    long value;
    if (regs.holds(word.bits(12, 4))) {
      value = regs.x(word.bits(5, 5));
    } else {
      long other = regs.x(word.bits(16, 5));
      value = (word.bit(30) ? ~other : other) + (word.bit(10) ? 1 : 0);
    }
    regs.setX(word.bits(0, 5), word.wide(), value);
    return true;
  }
}
