package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;

/** Shifts and rotations. The flags that a count leaves undefined are set as for a count of 1. */
final class Shifts {
  private static final int ROL = 0;
  private static final int ROR = 1;
  private static final int RCL = 2;
  private static final int RCR = 3;
  private static final int SHR = 5;
  private static final int SAR = 7;

  private Shifts() {}

  /** The operation that ModRM numbers, on its operand. */
  static void shift(Decoded instruction, long[] words, AddressSpace memory, int size, long by) {
    int operation = instruction.group();
    int count = count(by, size);
    long value = Operands.load(instruction, words, memory, size);
    long flags = words[Regs.FLAGS];
    long result;
    long changed = Flags.CF | Flags.OF;
    if (operation == RCL || operation == RCR) {
      boolean left = operation == RCL;
      result = rotateThroughCarry(left, value, flags & Flags.CF, count, size);
      flags = flagsThroughCarry(left, value, flags & Flags.CF, count, size, result);
    } else if (operation == ROL || operation == ROR) {
      result = rotate(operation == ROL, value, count, size);
      flags = flagsOfRotation(operation == ROL, result, size);
    } else {
      result = shifted(operation, value, count, size);
      flags = flagsOfShift(operation, value, count, size, result);
      changed |= Flags.STATUS & ~Flags.AF;
    }
    Operands.store(instruction, words, memory, size, result);
    if (count != 0) {
      Flags.set(words, changed, flags);
    }
  }

  /** {@code shld} or {@code shrd}: what is shifted in comes from the register of ModRM. */
  static void shiftDouble(
      Decoded instruction, long[] words, AddressSpace memory, int size, boolean left, long by) {
    int bits = 8 * size;
    int count = count(by, size);
    long value = Operands.load(instruction, words, memory, size);
    long filler = Operands.register(instruction, words, instruction.register(), size);
    if (count > bits) {
      count %= bits; // undefined; only 16 bits get here
    }
    long result = value;
    if (count != 0) {
      result =
          left
              ? value << count | shiftRight(filler, bits - count)
              : value >>> count | shiftLeft(filler, bits - count);
    }
    Operands.store(instruction, words, memory, size, result);
    if (count != 0) {
      boolean carry = (value >>> (left ? bits - count : count - 1) & 1) != 0;
      long flags =
          Flags.ofResult(result, size)
              | (carry ? Flags.CF : 0)
              | (Flags.isNegative(value ^ result, size) ? Flags.OF : 0);
      Flags.set(words, Flags.STATUS & ~Flags.AF, flags);
    }
  }

  private static int count(long by, int size) {
    return (int) by & (size == 8 ? 63 : 31);
  }

  private static long shifted(int operation, long value, int count, int size) {
    return switch (operation) {
      case SHR -> value >>> count;
      case SAR -> Operands.signExtend(value, size) >> count;
      default -> value << count;
    };
  }

  private static long flagsOfShift(int operation, long value, int count, int size, long result) {
    int bits = 8 * size;
    boolean carry;
    boolean overflow;
    if (operation == SHR) {
      carry = count > 0 && (value >>> (count - 1) & 1) != 0;
      overflow = Flags.isNegative(value, size);
    } else if (operation == SAR) {
      carry = count > 0 && (Operands.signExtend(value, size) >> (count - 1) & 1) != 0;
      overflow = false;
    } else {
      carry = count <= bits && (shiftRight(value, bits - count) & 1) != 0;
      overflow = Flags.isNegative(result, size) != carry;
    }
    return Flags.ofResult(result, size) | (carry ? Flags.CF : 0) | (overflow ? Flags.OF : 0);
  }

  private static long rotate(boolean left, long value, int count, int size) {
    int bits = 8 * size;
    int by = (left ? count : bits - count % bits) % bits;
    return by == 0 ? value : value << by | value >>> (bits - by);
  }

  private static long flagsOfRotation(boolean left, long result, int size) {
    boolean top = Flags.isNegative(result, size);
    boolean carry = left ? (result & 1) != 0 : top;
    boolean other = left ? top : Flags.isNegative(result << 1, size);
    return (carry ? Flags.CF : 0) | (carry != other ? Flags.OF : 0);
  }

  private static long rotateThroughCarry(
      boolean left, long value, long carry, int count, int size) {
    int top = 8 * size - 1;
    long rest = value;
    long in = carry;
    for (int i = 0; i < count % (top + 2); i++) {
      long out = left ? rest >>> top & 1 : rest & 1;
      rest = left ? rest << 1 | in : Operands.truncate(rest, size) >>> 1 | in << top;
      in = out;
    }
    return rest;
  }

  private static long flagsThroughCarry(
      boolean left, long value, long carry, int count, int size, long result) {
    int turns = count % (8 * size + 1);
    long out = carry;
    if (turns != 0) {
      out = left ? shiftRight(value, 8 * size - turns) & 1 : value >>> (turns - 1) & 1;
    }
    boolean top = Flags.isNegative(result, size);
    boolean other = left ? out != 0 : Flags.isNegative(result << 1, size);
    return out * Flags.CF | (top != other ? Flags.OF : 0);
  }

  /** Shift counts of 64, which Java takes for 0, give 0. */
  private static long shiftRight(long value, int by) {
    return by >= Long.SIZE ? 0 : value >>> by;
  }

  private static long shiftLeft(long value, int by) {
    return by >= Long.SIZE ? 0 : value << by;
  }
}
