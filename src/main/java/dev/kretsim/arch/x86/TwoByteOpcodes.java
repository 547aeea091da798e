package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;

/** Executes opcodes behind 0F. */
final class TwoByteOpcodes {
  private TwoByteOpcodes() {}

  static long execute(Decoded instruction, long[] words, AddressSpace memory, long next) {
    int opcode = instruction.opcode;
    int size = Operands.size(instruction);
    switch (opcode >> 4) {
      case 1 -> {
        if (opcode < 0x18) {
          throw Interpreter.notInterpreted(instruction);
        }
        // prefetch, endbr64 and nop
      }
      case 4 -> {
        long operand = Operands.load(instruction, words, memory, size);
        int register = instruction.register();
        boolean moves = Flags.holds(opcode & 0xf, words[Regs.FLAGS]);
        long own = Operands.register(instruction, words, register, size);
        Operands.setRegister(instruction, words, register, size, moves ? operand : own);
      }
      case 8 -> {
        Interpreter.requireNear(instruction);
        return Flow.jumpIf(instruction, words, next);
      }
      case 9 -> {
        boolean holds = Flags.holds(opcode & 0xf, words[Regs.FLAGS]);
        Operands.store(instruction, words, memory, 1, holds ? 1 : 0);
      }
      default -> others(instruction, words, memory, size);
    }
    return next;
  }

  private static void others(Decoded instruction, long[] words, AddressSpace memory, int size) {
    int opcode = instruction.opcode;
    boolean repeat = instruction.prefixes.repeat() == Prefixes.REP;
    switch (opcode) {
      case 0x0d -> {} // prefetchw
      case 0xa3, 0xab, 0xb3, 0xbb ->
          Bits.testByRegister(instruction, words, memory, opcode >> 3 & 3);
      case 0xba -> {
        if (instruction.group() < 4) {
          throw Interpreter.notInterpreted(instruction);
        }
        Bits.test(instruction, words, memory, instruction.group() - 4, instruction.immediate);
      }
      case 0xa4, 0xac ->
          Shifts.shiftDouble(
              instruction, words, memory, size, opcode == 0xa4, instruction.immediate);
      case 0xa5, 0xad ->
          Shifts.shiftDouble(instruction, words, memory, size, opcode == 0xa5, words[Regs.CX]);
      case 0xae -> {
        boolean fence = instruction.address == null && instruction.group() > 4 && !repeat;
        if (!fence) {
          throw Interpreter.notInterpreted(instruction);
        }
      }
      case 0xaf -> {
        long own = Operands.register(instruction, words, instruction.register(), size);
        Multiplication.narrow(instruction, words, memory, size, own);
      }
      case 0xb0, 0xb1 ->
          Arithmetic.compareAndExchange(
              instruction, words, memory, Operands.sizeByOpcode(instruction));
      case 0xc0, 0xc1 ->
          Arithmetic.exchangeAndAdd(instruction, words, memory, Operands.sizeByOpcode(instruction));
      case 0xb6, 0xb7 -> extend(instruction, words, memory, size, false);
      case 0xbe, 0xbf -> extend(instruction, words, memory, size, true);
      case 0xb8 -> {
        if (!repeat) {
          throw Interpreter.notInterpreted(instruction);
        }
        Bits.countOnes(instruction, words, memory);
      }
      case 0xbc, 0xbd -> {
        boolean forward = opcode == 0xbc;
        if (repeat) {
          Bits.countZeros(instruction, words, memory, forward);
        } else {
          Bits.scan(instruction, words, memory, forward);
        }
      }
      case 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf -> swapBytes(instruction, words, size);
      default -> throw Interpreter.notInterpreted(instruction);
    }
  }

  private static void extend(
      Decoded instruction, long[] words, AddressSpace memory, int size, boolean signed) {
    int from = (instruction.opcode & 1) == 0 ? 1 : 2;
    long value = Operands.load(instruction, words, memory, from);
    long extended = signed ? Operands.signExtend(value, from) : value;
    Operands.setRegister(instruction, words, instruction.register(), size, extended);
  }

  private static void swapBytes(Decoded instruction, long[] words, int size) {
    if (size == 2) {
      throw Interpreter.notInterpreted(instruction);
    }
    int register = instruction.opcodeRegister();
    long value = Operands.register(instruction, words, register, size);
    long swapped = Long.reverseBytes(value) >>> Long.SIZE - 8 * size;
    Operands.setRegister(instruction, words, register, size, swapped);
  }
}
