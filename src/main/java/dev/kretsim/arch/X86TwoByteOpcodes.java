package dev.kretsim.arch;

/** Executes opcodes behind 0F. */
final class X86TwoByteOpcodes {
  private X86TwoByteOpcodes() {}

  static long execute(X86Instruction instruction, long[] words, AddressSpace memory, long next) {
    int opcode = instruction.opcode;
    int size = X86Operands.size(instruction);
    switch (opcode >> 4) {
      case 1 -> {
        if (opcode < 0x18) {
          throw X86Interpreter.notInterpreted(instruction);
        }
        // prefetch, endbr64 and nop
      }
      case 4 -> {
        long operand = X86Operands.load(instruction, words, memory, size);
        int register = instruction.register();
        boolean moves = X86Flags.holds(opcode & 0xf, words[X86Regs.FLAGS]);
        long own = X86Operands.register(instruction, words, register, size);
        X86Operands.setRegister(instruction, words, register, size, moves ? operand : own);
      }
      case 8 -> {
        X86Interpreter.requireNear(instruction);
        return X86Flow.jumpIf(instruction, words, next);
      }
      case 9 -> {
        boolean holds = X86Flags.holds(opcode & 0xf, words[X86Regs.FLAGS]);
        X86Operands.store(instruction, words, memory, 1, holds ? 1 : 0);
      }
      default -> others(instruction, words, memory, size);
    }
    return next;
  }

  private static void others(
      X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    int opcode = instruction.opcode;
    boolean repeat = instruction.prefixes.repeat() == X86Prefixes.REP;
    switch (opcode) {
      case 0x0d -> {} // prefetchw
      case 0xa3, 0xab, 0xb3, 0xbb ->
          X86Bits.testByRegister(instruction, words, memory, opcode >> 3 & 3);
      case 0xba -> {
        if (instruction.group() < 4) {
          throw X86Interpreter.notInterpreted(instruction);
        }
        X86Bits.test(instruction, words, memory, instruction.group() - 4, instruction.immediate);
      }
      case 0xa4, 0xac ->
          X86Shifts.shiftDouble(
              instruction, words, memory, size, opcode == 0xa4, instruction.immediate);
      case 0xa5, 0xad ->
          X86Shifts.shiftDouble(
              instruction, words, memory, size, opcode == 0xa5, words[X86Regs.CX]);
      case 0xae -> {
        boolean fence = instruction.address == null && instruction.group() > 4 && !repeat;
        if (!fence) {
          throw X86Interpreter.notInterpreted(instruction);
        }
      }
      case 0xaf -> {
        long own = X86Operands.register(instruction, words, instruction.register(), size);
        X86Multiplication.narrow(instruction, words, memory, size, own);
      }
      case 0xb0, 0xb1 ->
          X86Arithmetic.compareAndExchange(
              instruction, words, memory, X86Operands.sizeByOpcode(instruction));
      case 0xc0, 0xc1 ->
          X86Arithmetic.exchangeAndAdd(
              instruction, words, memory, X86Operands.sizeByOpcode(instruction));
      case 0xb6, 0xb7 -> extend(instruction, words, memory, size, false);
      case 0xbe, 0xbf -> extend(instruction, words, memory, size, true);
      case 0xb8 -> {
        if (!repeat) {
          throw X86Interpreter.notInterpreted(instruction);
        }
        X86Bits.countOnes(instruction, words, memory);
      }
      case 0xbc, 0xbd -> {
        boolean forward = opcode == 0xbc;
        if (repeat) {
          X86Bits.countZeros(instruction, words, memory, forward);
        } else {
          X86Bits.scan(instruction, words, memory, forward);
        }
      }
      case 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf -> swapBytes(instruction, words, size);
      default -> throw X86Interpreter.notInterpreted(instruction);
    }
  }

  private static void extend(
      X86Instruction instruction, long[] words, AddressSpace memory, int size, boolean signed) {
    int from = (instruction.opcode & 1) == 0 ? 1 : 2;
    long value = X86Operands.load(instruction, words, memory, from);
    long extended = signed ? X86Operands.signExtend(value, from) : value;
    X86Operands.setRegister(instruction, words, instruction.register(), size, extended);
  }

  private static void swapBytes(X86Instruction instruction, long[] words, int size) {
    if (size == 2) {
      throw X86Interpreter.notInterpreted(instruction);
    }
    int register = instruction.opcodeRegister();
    long value = X86Operands.register(instruction, words, register, size);
    long swapped = Long.reverseBytes(value) >>> Long.SIZE - 8 * size;
    X86Operands.setRegister(instruction, words, register, size, swapped);
  }
}
