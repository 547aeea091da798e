package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;

/** Instructions on single bits, and those that count bits. */
final class Bits {
  private static final int SET = 1;
  private static final int RESET = 2;
  private static final int COMPLEMENT = 3;

  private Bits() {}

  /**
   * {@code bt}, {@code bts}, {@code btr} and {@code btc}, numbered from 0, with a bit number from a
   * register: it may reach beyond the operand in memory, before or after it.
   */
  static void testByRegister(
      Decoded instruction, long[] words, AddressSpace memory, int operation) {
    int size = Operands.size(instruction);
    long number = Operands.register(instruction, words, instruction.register(), size);
    if (instruction.address == null) {
      test(instruction, words, memory, operation, number);
      return;
    }
    number = Operands.signExtend(number, size);
    int bits = 8 * size;
    long address =
        Operands.effectiveAddress(instruction, words) + Math.floorDiv(number, bits) * size;
    long value = memory.read(address, size);
    long mask = 1L << (number & bits - 1);
    if (operation != 0) {
      memory.write(address, size, changed(operation, value, mask));
    }
    Flags.set(words, Flags.CF, (value & mask) != 0 ? Flags.CF : 0);
  }

  /** The same with a bit number that lies within the operand. */
  static void test(
      Decoded instruction, long[] words, AddressSpace memory, int operation, long number) {
    int size = Operands.size(instruction);
    long value = Operands.load(instruction, words, memory, size);
    long mask = 1L << (number & 8L * size - 1);
    if (operation != 0) {
      Operands.store(instruction, words, memory, size, changed(operation, value, mask));
    }
    Flags.set(words, Flags.CF, (value & mask) != 0 ? Flags.CF : 0);
  }

  private static long changed(int operation, long value, long mask) {
    return switch (operation) {
      case SET -> value | mask;
      case RESET -> value & ~mask;
      case COMPLEMENT -> value ^ mask;
      default -> value;
    };
  }

  /** {@code bsf} and {@code bsr}: the register stays as it is if no bit is set. */
  static void scan(Decoded instruction, long[] words, AddressSpace memory, boolean forward) {
    int size = Operands.size(instruction);
    long value = Operands.load(instruction, words, memory, size);
    if (value != 0) {
      long found =
          forward
              ? Long.numberOfTrailingZeros(value)
              : Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
      Operands.setRegister(instruction, words, instruction.register(), size, found);
    }
    Flags.set(words, Flags.ZF, value == 0 ? Flags.ZF : 0);
  }

  /** {@code tzcnt} and {@code lzcnt}: all bits if none is set. */
  static void countZeros(Decoded instruction, long[] words, AddressSpace memory, boolean trailing) {
    int size = Operands.size(instruction);
    int bits = 8 * size;
    long value = Operands.load(instruction, words, memory, size);
    long zeros =
        trailing
            ? Math.min(bits, Long.numberOfTrailingZeros(value))
            : Long.numberOfLeadingZeros(value) - (Long.SIZE - bits);
    Operands.setRegister(instruction, words, instruction.register(), size, zeros);
    long flags = (zeros == bits ? Flags.CF : 0) | (zeros == 0 ? Flags.ZF : 0);
    Flags.set(words, Flags.CF | Flags.ZF, flags);
  }

  static void countOnes(Decoded instruction, long[] words, AddressSpace memory) {
    int size = Operands.size(instruction);
    long ones = Long.bitCount(Operands.load(instruction, words, memory, size));
    Operands.setRegister(instruction, words, instruction.register(), size, ones);
    Flags.set(words, Flags.STATUS, ones == 0 ? Flags.ZF : 0);
  }
}
