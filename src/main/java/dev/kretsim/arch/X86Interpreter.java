package dev.kretsim.arch;

import static dev.kretsim.arch.X86Operands.ACCUMULATOR;
import static dev.kretsim.arch.X86Operands.DATA;

/**
 * Executes instructions on general registers: opcodes of one byte here, longer ones in {@link
 * X86TwoByteOpcodes}.
 *
 * <p>Each first computes, then writes memory, then registers and flags: whoever faults has changed
 * nothing. Nothing is allocated. A {@code lock} is accepted but not more atomic than memory is.
 */
final class X86Interpreter {
  private X86Interpreter() {}

  static void execute(X86Instruction instruction, long[] words, AddressSpace memory) {
    if (instruction.prefixes.vector()
        || instruction.prefixes.emulate()
        || instruction.prefixes.lock() && !isLockable(instruction)) {
      throw notInterpreted(instruction);
    }
    long next = words[X86Regs.IP] + instruction.length();
    words[X86Regs.IP] =
        switch (instruction.map) {
          case 0 -> oneByte(instruction, words, memory, next);
          case 1 -> X86TwoByteOpcodes.execute(instruction, words, memory, next);
          default -> throw notInterpreted(instruction);
        };
  }

  static UnsupportedInstructionException notInterpreted(X86Instruction instruction) {
    return new UnsupportedInstructionException("instruction is not interpreted: " + instruction);
  }

  /** Requires the distances and stack slots of 64-bit code. */
  static void requireNear(X86Instruction instruction) {
    if (X86Operands.size(instruction) == 2) {
      throw notInterpreted(instruction);
    }
  }

  private static boolean isLockable(X86Instruction instruction) {
    int member = instruction.group();
    return instruction.address != null
        && switch (instruction.map << 8 | instruction.opcode) {
          case 0x80, 0x81, 0x83 -> member != X86Arithmetic.CMP;
          case 0x86, 0x87 -> true; // xchg
          case 0xf6, 0xf7 -> member == 2 || member == 3; // not, neg
          case 0xfe, 0xff -> member < 2; // inc, dec
          case 0x1ab, 0x1b3, 0x1bb -> true; // bts, btr, btc
          case 0x1ba -> member > 4;
          case 0x1b0, 0x1b1, 0x1c0, 0x1c1 -> true; // cmpxchg, xadd
          default ->
              instruction.map == 0 && instruction.opcode < 0x38 && (instruction.opcode & 6) == 0;
        };
  }

  private static long oneByte(
      X86Instruction instruction, long[] words, AddressSpace memory, long next) {
    int opcode = instruction.opcode;
    int size = X86Operands.sizeByOpcode(instruction);
    switch (opcode >> 4) {
      case 0, 1, 2, 3 -> arithmetic(instruction, words, memory, size);
      case 5 -> pushOrPopRegister(instruction, words, memory);
      case 7 -> {
        requireNear(instruction);
        return X86Flow.jumpIf(instruction, words, next);
      }
      case 0xb -> {
        int width = opcode < 0xb8 ? 1 : X86Operands.size(instruction);
        int register = instruction.opcodeRegister();
        X86Operands.setRegister(instruction, words, register, width, instruction.immediate);
      }
      case 0xc, 0xd, 0xe, 0xf -> {
        return upper(instruction, words, memory, next, size);
      }
      default -> middle(instruction, words, memory, size);
    }
    return next;
  }

  /** Opcodes 00 to 3F: an operation in the upper bits, where its operands are in the lower. */
  private static void arithmetic(
      X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    int operation = instruction.opcode >> 3;
    if ((instruction.opcode & 4) != 0) {
      X86Arithmetic.onRegister(
          operation, instruction, words, ACCUMULATOR, size, instruction.immediate);
    } else if ((instruction.opcode & 2) != 0) {
      long operand = X86Operands.load(instruction, words, memory, size);
      X86Arithmetic.onRegister(
          operation, instruction, words, instruction.register(), size, operand);
    } else {
      long register = X86Operands.register(instruction, words, instruction.register(), size);
      X86Arithmetic.onOperand(operation, instruction, words, memory, size, register);
    }
  }

  private static void pushOrPopRegister(
      X86Instruction instruction, long[] words, AddressSpace memory) {
    int size = X86Operands.stackSize(instruction);
    int register = instruction.opcodeRegister();
    if (instruction.opcode < 0x58) {
      X86Flow.push(words, memory, size, X86Operands.full(words, register));
    } else {
      long value = X86Flow.pop(words, memory, size);
      X86Operands.setRegister(instruction, words, register, size, value);
    }
  }

  /** Opcodes 60 to AF but for the conditional jumps. */
  private static void middle(
      X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    int wide = X86Operands.size(instruction);
    switch (instruction.opcode) {
      case 0x63 -> {
        long value = X86Operands.load(instruction, words, memory, Math.min(wide, 4));
        long extended = X86Operands.signExtend(value, Math.min(wide, 4));
        X86Operands.setRegister(instruction, words, instruction.register(), wide, extended);
      }
      case 0x68, 0x6a ->
          X86Flow.push(words, memory, X86Operands.stackSize(instruction), instruction.immediate);
      case 0x69, 0x6b ->
          X86Multiplication.narrow(instruction, words, memory, wide, instruction.immediate);
      case 0x80, 0x81, 0x83 ->
          X86Arithmetic.onOperand(
              instruction.group(), instruction, words, memory, size, instruction.immediate);
      case 0x84, 0x85 -> {
        long operand = X86Operands.load(instruction, words, memory, size);
        long register = X86Operands.register(instruction, words, instruction.register(), size);
        X86Arithmetic.test(words, size, operand, register);
      }
      case 0x86, 0x87 -> X86Arithmetic.exchange(instruction, words, memory, size);
      case 0x88, 0x89 -> {
        long register = X86Operands.register(instruction, words, instruction.register(), size);
        X86Operands.store(instruction, words, memory, size, register);
      }
      case 0x8a, 0x8b -> {
        long operand = X86Operands.load(instruction, words, memory, size);
        X86Operands.setRegister(instruction, words, instruction.register(), size, operand);
      }
      case 0x8d -> {
        long offset = X86Operands.offset(instruction, words);
        X86Operands.setRegister(instruction, words, instruction.register(), wide, offset);
      }
      case 0x8f -> X86Flow.popOperand(instruction, words, memory);
      case 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97 ->
          exchangeAccumulator(instruction, words, wide);
      case 0x98 -> {
        long half = X86Operands.signExtend(words[X86Regs.AX], wide / 2);
        X86Operands.setRegister(instruction, words, ACCUMULATOR, wide, half);
      }
      case 0x99 -> {
        long sign = X86Operands.signExtend(words[X86Regs.AX], wide) >> 63;
        X86Operands.setRegister(instruction, words, DATA, wide, sign);
      }
      case 0x9c -> {
        long flags = words[X86Regs.FLAGS] & ~X86Flags.NOT_PUSHED;
        X86Flow.push(words, memory, X86Operands.stackSize(instruction), flags);
      }
      case 0x9d -> {
        requireNear(instruction);
        X86Flags.set(words, X86Flags.POPPED, X86Flow.pop(words, memory, Long.BYTES));
      }
      case 0xa0, 0xa1 -> {
        long operand = X86Operands.load(instruction, words, memory, size);
        X86Operands.setRegister(instruction, words, ACCUMULATOR, size, operand);
      }
      case 0xa2, 0xa3 -> X86Operands.store(instruction, words, memory, size, words[X86Regs.AX]);
      case 0xa4, 0xa5, 0xaa, 0xab, 0xac, 0xad -> X86Strings.execute(instruction, words, memory);
      case 0xa8, 0xa9 -> X86Arithmetic.test(words, size, words[X86Regs.AX], instruction.immediate);
      default -> throw notInterpreted(instruction);
    }
  }

  /** Opcode 90 exchanges nothing, and clears no upper half, unless REX makes it name r8. */
  private static void exchangeAccumulator(X86Instruction instruction, long[] words, int size) {
    int register = instruction.opcodeRegister();
    if (register != ACCUMULATOR) {
      long own = X86Operands.register(instruction, words, ACCUMULATOR, size);
      long other = X86Operands.register(instruction, words, register, size);
      X86Operands.setRegister(instruction, words, ACCUMULATOR, size, other);
      X86Operands.setRegister(instruction, words, register, size, own);
    }
  }

  /** Opcodes C0 to FF. */
  private static long upper(
      X86Instruction instruction, long[] words, AddressSpace memory, long next, int size) {
    switch (instruction.opcode) {
      case 0xc0, 0xc1 -> X86Shifts.shift(instruction, words, memory, size, instruction.immediate);
      case 0xd0, 0xd1 -> X86Shifts.shift(instruction, words, memory, size, 1);
      case 0xd2, 0xd3 -> X86Shifts.shift(instruction, words, memory, size, words[X86Regs.CX]);
      case 0xc2, 0xc3 -> {
        requireNear(instruction);
        return X86Flow.ret(instruction, words, memory);
      }
      case 0xc6, 0xc7 -> {
        if (instruction.group() != 0) {
          throw notInterpreted(instruction);
        }
        X86Operands.store(instruction, words, memory, size, instruction.immediate);
      }
      case 0xc9 -> {
        requireNear(instruction);
        X86Flow.leave(words, memory);
      }
      case 0xe0, 0xe1, 0xe2, 0xe3 -> {
        requireNear(instruction);
        return X86Flow.loop(instruction, words, next);
      }
      case 0xe8 -> {
        requireNear(instruction);
        return X86Flow.call(words, memory, next, next + instruction.immediate);
      }
      case 0xe9, 0xeb -> {
        requireNear(instruction);
        return next + instruction.immediate;
      }
      case 0xf5 -> words[X86Regs.FLAGS] ^= X86Flags.CF;
      case 0xf8, 0xf9 -> X86Flags.set(words, X86Flags.CF, -(instruction.opcode & 1));
      case 0xfa, 0xfb -> X86Flags.set(words, X86Flags.IF, (instruction.opcode & 1) * X86Flags.IF);
      case 0xfc, 0xfd -> X86Flags.set(words, X86Flags.DF, (instruction.opcode & 1) * X86Flags.DF);
      case 0xf6, 0xf7 -> group3(instruction, words, memory, size);
      case 0xfe, 0xff -> {
        return group5(instruction, words, memory, next, size);
      }
      default -> throw notInterpreted(instruction);
    }
    return next;
  }

  private static void group3(
      X86Instruction instruction, long[] words, AddressSpace memory, int size) {
    switch (instruction.group()) {
      case 0, 1 -> {
        long operand = X86Operands.load(instruction, words, memory, size);
        X86Arithmetic.test(words, size, operand, instruction.immediate);
      }
      case 2 -> X86Arithmetic.not(instruction, words, memory, size);
      case 3 -> X86Arithmetic.negate(instruction, words, memory, size);
      case 4 -> X86Multiplication.wide(instruction, words, memory, size, false);
      case 5 -> X86Multiplication.wide(instruction, words, memory, size, true);
      case 6 -> X86Multiplication.divide(instruction, words, memory, size, false);
      default -> X86Multiplication.divide(instruction, words, memory, size, true);
    }
  }

  private static long group5(
      X86Instruction instruction, long[] words, AddressSpace memory, long next, int size) {
    switch (instruction.group()) {
      case 0 -> X86Arithmetic.step(instruction, words, memory, size, 1);
      case 1 -> X86Arithmetic.step(instruction, words, memory, size, -1);
      case 2 -> {
        requireNear(instruction);
        long target = X86Operands.load(instruction, words, memory, Long.BYTES);
        return X86Flow.call(words, memory, next, target);
      }
      case 4 -> {
        requireNear(instruction);
        return X86Operands.load(instruction, words, memory, Long.BYTES);
      }
      case 6 -> {
        int width = X86Operands.stackSize(instruction);
        long value = X86Operands.load(instruction, words, memory, width);
        X86Flow.push(words, memory, width, value);
      }
      default -> throw notInterpreted(instruction);
    }
    return next;
  }
}
