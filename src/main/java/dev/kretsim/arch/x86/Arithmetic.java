package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;

/** The eight operations that opcodes 00 to 3F and group 1 number, and those of one operand. */
final class Arithmetic {
  static final int ADD = 0;
  static final int OR = 1;
  static final int ADC = 2;
  static final int SBB = 3;
  static final int AND = 4;
  static final int SUB = 5;
  static final int XOR = 6;
  static final int CMP = 7;

  private Arithmetic() {}

  static long result(int operation, long a, long b, long flags) {
    long carry = flags & Flags.CF;
    return switch (operation) {
      case ADD -> a + b;
      case OR -> a | b;
      case ADC -> a + b + carry;
      case SBB -> a - b - carry;
      case AND -> a & b;
      case SUB, CMP -> a - b;
      default -> a ^ b;
    };
  }

  /** All status flags; AF is zero where the manual leaves it undefined. */
  static long flags(int operation, long a, long b, long result, int size) {
    return switch (operation) {
      case ADD, ADC -> Flags.ofSum(a, b, result, size);
      case SBB, SUB, CMP -> Flags.ofDifference(a, b, result, size);
      default -> Flags.ofResult(result, size);
    };
  }

  /** Operation on the operand of ModRM and another, which are read; the former is written. */
  static void onOperand(
      int operation, Decoded instruction, long[] words, AddressSpace memory, int size, long b) {
    long a = Operands.load(instruction, words, memory, size);
    long result = result(operation, a, b, words[Regs.FLAGS]);
    if (operation != CMP) {
      Operands.store(instruction, words, memory, size, result);
    }
    Flags.set(words, Flags.STATUS, flags(operation, a, b, result, size));
  }

  /** Operation on a register and another operand; the register is written. */
  static void onRegister(
      int operation, Decoded instruction, long[] words, int register, int size, long b) {
    long a = Operands.register(instruction, words, register, size);
    long result = result(operation, a, b, words[Regs.FLAGS]);
    if (operation != CMP) {
      Operands.setRegister(instruction, words, register, size, result);
    }
    Flags.set(words, Flags.STATUS, flags(operation, a, b, result, size));
  }

  /** Flags of {@code a & b}, which is stored nowhere. */
  static void test(long[] words, int size, long a, long b) {
    Flags.set(words, Flags.STATUS, Flags.ofResult(a & b, size));
  }

  /** Adds 1 or -1 and leaves the carry. */
  static void step(Decoded instruction, long[] words, AddressSpace memory, int size, long by) {
    long a = Operands.load(instruction, words, memory, size);
    long result = a + by;
    Operands.store(instruction, words, memory, size, result);
    long flags = by > 0 ? Flags.ofSum(a, 1, result, size) : Flags.ofDifference(a, 1, result, size);
    Flags.set(words, Flags.STATUS & ~Flags.CF, flags);
  }

  static void not(Decoded instruction, long[] words, AddressSpace memory, int size) {
    long a = Operands.load(instruction, words, memory, size);
    Operands.store(instruction, words, memory, size, ~a);
  }

  static void negate(Decoded instruction, long[] words, AddressSpace memory, int size) {
    long a = Operands.load(instruction, words, memory, size);
    Operands.store(instruction, words, memory, size, -a);
    Flags.set(words, Flags.STATUS, Flags.ofDifference(0, a, -a, size));
  }

  static void exchange(Decoded instruction, long[] words, AddressSpace memory, int size) {
    long operand = Operands.load(instruction, words, memory, size);
    long register = Operands.register(instruction, words, instruction.register(), size);
    Operands.store(instruction, words, memory, size, register);
    Operands.setRegister(instruction, words, instruction.register(), size, operand);
  }

  static void exchangeAndAdd(Decoded instruction, long[] words, AddressSpace memory, int size) {
    long operand = Operands.load(instruction, words, memory, size);
    long register = Operands.register(instruction, words, instruction.register(), size);
    long sum = operand + register;
    if (instruction.address != null) {
      Operands.store(instruction, words, memory, size, sum);
    }
    Operands.setRegister(instruction, words, instruction.register(), size, operand);
    if (instruction.address == null) { // the sum wins where both are one register
      Operands.store(instruction, words, memory, size, sum);
    }
    Flags.set(words, Flags.STATUS, Flags.ofSum(operand, register, sum, size));
  }

  static void compareAndExchange(Decoded instruction, long[] words, AddressSpace memory, int size) {
    long operand = Operands.load(instruction, words, memory, size);
    long expected = Operands.register(instruction, words, Operands.ACCUMULATOR, size);
    long replacement = Operands.register(instruction, words, instruction.register(), size);
    if (operand == expected) {
      Operands.store(instruction, words, memory, size, replacement);
    } else {
      if (instruction.address != null) { // memory is written in any case, and may fault
        Operands.store(instruction, words, memory, size, operand);
      }
      Operands.setRegister(instruction, words, Operands.ACCUMULATOR, size, operand);
    }
    long flags = Flags.ofDifference(expected, operand, expected - operand, size);
    Flags.set(words, Flags.STATUS, flags);
  }
}
