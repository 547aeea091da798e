package dev.kretsim.arch;

/** The eight operations that opcodes 00 to 3F and group 1 number, and those of one operand. */
final class X86Arithmetic {
  static final int ADD = 0;
  static final int OR = 1;
  static final int ADC = 2;
  static final int SBB = 3;
  static final int AND = 4;
  static final int SUB = 5;
  static final int XOR = 6;
  static final int CMP = 7;

  private X86Arithmetic() {}

  static long result(int operation, long a, long b, long flags) {
    long carry = flags & X86Flags.CF;
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
      case ADD, ADC -> X86Flags.ofSum(a, b, result, size);
      case SBB, SUB, CMP -> X86Flags.ofDifference(a, b, result, size);
      default -> X86Flags.ofResult(result, size);
    };
  }

  /** Operation on the operand of ModRM and another, which are read; the former is written. */
  static void onOperand(
      int operation,
      X86Instruction instruction,
      long[] words,
      AddressSpace memory,
      int size,
      long b) {
    long a = X86Operands.load(instruction, words, memory, size);
    long result = result(operation, a, b, words[X86Regs.FLAGS]);
    if (operation != CMP) {
      X86Operands.store(instruction, words, memory, size, result);
    }
    X86Flags.set(words, X86Flags.STATUS, flags(operation, a, b, result, size));
  }

  /** Operation on a register and another operand; the register is written. */
  static void onRegister(
      int operation, X86Instruction instruction, long[] words, int register, int size, long b) {
    long a = X86Operands.register(instruction, words, register, size);
    long result = result(operation, a, b, words[X86Regs.FLAGS]);
    if (operation != CMP) {
      X86Operands.setRegister(instruction, words, register, size, result);
    }
    X86Flags.set(words, X86Flags.STATUS, flags(operation, a, b, result, size));
  }

  /** Flags of {@code a & b}, which is stored nowhere. */
  static void test(long[] words, int size, long a, long b) {
    X86Flags.set(words, X86Flags.STATUS, X86Flags.ofResult(a & b, size));
  }

  /** Adds 1 or -1 and leaves the carry. */
  static void step(
      X86Instruction instruction, long[] words, AddressSpace memory, int size, long by) {
    long a = X86Operands.load(instruction, words, memory, size);
    long result = a + by;
    X86Operands.store(instruction, words, memory, size, result);
    long flags =
        by > 0 ? X86Flags.ofSum(a, 1, result, size) : X86Flags.ofDifference(a, 1, result, size);
    X86Flags.set(words, X86Flags.STATUS & ~X86Flags.CF, flags);
  }

  static void not(X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    long a = X86Operands.load(instruction, words, memory, size);
    X86Operands.store(instruction, words, memory, size, ~a);
  }

  static void negate(X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    long a = X86Operands.load(instruction, words, memory, size);
    X86Operands.store(instruction, words, memory, size, -a);
    X86Flags.set(words, X86Flags.STATUS, X86Flags.ofDifference(0, a, -a, size));
  }

  static void exchange(X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    long operand = X86Operands.load(instruction, words, memory, size);
    long register = X86Operands.register(instruction, words, instruction.register(), size);
    X86Operands.store(instruction, words, memory, size, register);
    X86Operands.setRegister(instruction, words, instruction.register(), size, operand);
  }

  static void exchangeAndAdd(
      X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    long operand = X86Operands.load(instruction, words, memory, size);
    long register = X86Operands.register(instruction, words, instruction.register(), size);
    long sum = operand + register;
    if (instruction.address != null) {
      X86Operands.store(instruction, words, memory, size, sum);
    }
    X86Operands.setRegister(instruction, words, instruction.register(), size, operand);
    if (instruction.address == null) { // the sum wins where both are one register
      X86Operands.store(instruction, words, memory, size, sum);
    }
    X86Flags.set(words, X86Flags.STATUS, X86Flags.ofSum(operand, register, sum, size));
  }

  static void compareAndExchange(
      X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    long operand = X86Operands.load(instruction, words, memory, size);
    long expected = X86Operands.register(instruction, words, X86Operands.ACCUMULATOR, size);
    long replacement = X86Operands.register(instruction, words, instruction.register(), size);
    if (operand == expected) {
      X86Operands.store(instruction, words, memory, size, replacement);
    } else {
      if (instruction.address != null) { // memory is written in any case, and may fault
        X86Operands.store(instruction, words, memory, size, operand);
      }
      X86Operands.setRegister(instruction, words, X86Operands.ACCUMULATOR, size, operand);
    }
    long flags = X86Flags.ofDifference(expected, operand, expected - operand, size);
    X86Flags.set(words, X86Flags.STATUS, flags);
  }
}
