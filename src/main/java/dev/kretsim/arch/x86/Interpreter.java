package dev.kretsim.arch.x86;

import static dev.kretsim.arch.x86.Operands.ACCUMULATOR;
import static dev.kretsim.arch.x86.Operands.DATA;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.UnsupportedInstructionException;

/**
 * Executes instructions on general registers: opcodes of one byte here, longer ones in {@link
 * TwoByteOpcodes}.
 *
 * <p>Each first computes, then writes memory, then registers and flags: whoever faults has changed
 * nothing. Nothing is allocated. A {@code lock} is accepted but not more atomic than memory is.
 */
final class Interpreter {
  private Interpreter() {}

  static void execute(Decoded instruction, long[] words, AddressSpace memory) {
    if (instruction.prefixes.vector()
        || instruction.prefixes.emulate()
        || instruction.prefixes.lock() && !isLockable(instruction)) {
      throw notInterpreted(instruction);
    }
    long next = words[Regs.IP] + instruction.length();
    words[Regs.IP] =
        switch (instruction.map) {
          case 0 -> oneByte(instruction, words, memory, next);
          case 1 -> TwoByteOpcodes.execute(instruction, words, memory, next);
          default -> throw notInterpreted(instruction);
        };
  }

  static UnsupportedInstructionException notInterpreted(Decoded instruction) {
    return new UnsupportedInstructionException("instruction is not interpreted: " + instruction);
  }

  /** Requires the distances and stack slots of 64-bit code. */
  static void requireNear(Decoded instruction) {
    if (Operands.size(instruction) == 2) {
      throw notInterpreted(instruction);
    }
  }

  private static boolean isLockable(Decoded instruction) {
    int member = instruction.group();
    return instruction.address != null
        && switch (instruction.map << 8 | instruction.opcode) {
          case 0x80, 0x81, 0x83 -> member != Arithmetic.CMP;
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

  private static long oneByte(Decoded instruction, long[] words, AddressSpace memory, long next) {
    int opcode = instruction.opcode;
    int size = Operands.sizeByOpcode(instruction);
    switch (opcode >> 4) {
      case 0, 1, 2, 3 -> arithmetic(instruction, words, memory, size);
      case 5 -> pushOrPopRegister(instruction, words, memory);
      case 7 -> {
        requireNear(instruction);
        return Flow.jumpIf(instruction, words, next);
      }
      case 0xb -> {
        int width = opcode < 0xb8 ? 1 : Operands.size(instruction);
        int register = instruction.opcodeRegister();
        Operands.setRegister(instruction, words, register, width, instruction.immediate);
      }
      case 0xc, 0xd, 0xe, 0xf -> {
        return upper(instruction, words, memory, next, size);
      }
      default -> middle(instruction, words, memory, size);
    }
    return next;
  }

  /** Opcodes 00 to 3F: an operation in the upper bits, where its operands are in the lower. */
  private static void arithmetic(Decoded instruction, long[] words, AddressSpace memory, int size) {
    int operation = instruction.opcode >> 3;
    if ((instruction.opcode & 4) != 0) {
      Arithmetic.onRegister(
          operation, instruction, words, ACCUMULATOR, size, instruction.immediate);
    } else if ((instruction.opcode & 2) != 0) {
      long operand = Operands.load(instruction, words, memory, size);
      Arithmetic.onRegister(operation, instruction, words, instruction.register(), size, operand);
    } else {
      long register = Operands.register(instruction, words, instruction.register(), size);
      Arithmetic.onOperand(operation, instruction, words, memory, size, register);
    }
  }

  private static void pushOrPopRegister(Decoded instruction, long[] words, AddressSpace memory) {
    int size = Operands.stackSize(instruction);
    int register = instruction.opcodeRegister();
    if (instruction.opcode < 0x58) {
      Flow.push(words, memory, size, Operands.full(words, register));
    } else {
      long value = Flow.pop(words, memory, size);
      Operands.setRegister(instruction, words, register, size, value);
    }
  }

  /** Opcodes 60 to AF but for the conditional jumps. */
  private static void middle(Decoded instruction, long[] words, AddressSpace memory, int size) {
    int wide = Operands.size(instruction);
    switch (instruction.opcode) {
      case 0x63 -> {
        long value = Operands.load(instruction, words, memory, Math.min(wide, 4));
        long extended = Operands.signExtend(value, Math.min(wide, 4));
        Operands.setRegister(instruction, words, instruction.register(), wide, extended);
      }
      case 0x68, 0x6a ->
          Flow.push(words, memory, Operands.stackSize(instruction), instruction.immediate);
      case 0x69, 0x6b ->
          Multiplication.narrow(instruction, words, memory, wide, instruction.immediate);
      case 0x80, 0x81, 0x83 ->
          Arithmetic.onOperand(
              instruction.group(), instruction, words, memory, size, instruction.immediate);
      case 0x84, 0x85 -> {
        long operand = Operands.load(instruction, words, memory, size);
        long register = Operands.register(instruction, words, instruction.register(), size);
        Arithmetic.test(words, size, operand, register);
      }
      case 0x86, 0x87 -> Arithmetic.exchange(instruction, words, memory, size);
      case 0x88, 0x89 -> {
        long register = Operands.register(instruction, words, instruction.register(), size);
        Operands.store(instruction, words, memory, size, register);
      }
      case 0x8a, 0x8b -> {
        long operand = Operands.load(instruction, words, memory, size);
        Operands.setRegister(instruction, words, instruction.register(), size, operand);
      }
      case 0x8d -> {
        long offset = Operands.offset(instruction, words);
        Operands.setRegister(instruction, words, instruction.register(), wide, offset);
      }
      case 0x8f -> Flow.popOperand(instruction, words, memory);
      case 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97 ->
          exchangeAccumulator(instruction, words, wide);
      case 0x98 -> {
        long half = Operands.signExtend(words[Regs.AX], wide / 2);
        Operands.setRegister(instruction, words, ACCUMULATOR, wide, half);
      }
      case 0x99 -> {
        long sign = Operands.signExtend(words[Regs.AX], wide) >> 63;
        Operands.setRegister(instruction, words, DATA, wide, sign);
      }
      case 0x9c -> {
        long flags = words[Regs.FLAGS] & ~Flags.NOT_PUSHED;
        Flow.push(words, memory, Operands.stackSize(instruction), flags);
      }
      case 0x9d -> {
        requireNear(instruction);
        Flags.set(words, Flags.POPPED, Flow.pop(words, memory, Long.BYTES));
      }
      case 0xa0, 0xa1 -> {
        long operand = Operands.load(instruction, words, memory, size);
        Operands.setRegister(instruction, words, ACCUMULATOR, size, operand);
      }
      case 0xa2, 0xa3 -> Operands.store(instruction, words, memory, size, words[Regs.AX]);
      case 0xa4, 0xa5, 0xaa, 0xab, 0xac, 0xad -> Strings.execute(instruction, words, memory);
      case 0xa8, 0xa9 -> Arithmetic.test(words, size, words[Regs.AX], instruction.immediate);
      default -> throw notInterpreted(instruction);
    }
  }

  /** Opcode 90 exchanges nothing, and clears no upper half, unless REX makes it name r8. */
  private static void exchangeAccumulator(Decoded instruction, long[] words, int size) {
    int register = instruction.opcodeRegister();
    if (register != ACCUMULATOR) {
      long own = Operands.register(instruction, words, ACCUMULATOR, size);
      long other = Operands.register(instruction, words, register, size);
      Operands.setRegister(instruction, words, ACCUMULATOR, size, other);
      Operands.setRegister(instruction, words, register, size, own);
    }
  }

  /** Opcodes C0 to FF. */
  private static long upper(
      Decoded instruction, long[] words, AddressSpace memory, long next, int size) {
    switch (instruction.opcode) {
      case 0xc0, 0xc1 -> Shifts.shift(instruction, words, memory, size, instruction.immediate);
      case 0xd0, 0xd1 -> Shifts.shift(instruction, words, memory, size, 1);
      case 0xd2, 0xd3 -> Shifts.shift(instruction, words, memory, size, words[Regs.CX]);
      case 0xc2, 0xc3 -> {
        requireNear(instruction);
        return Flow.ret(instruction, words, memory);
      }
      case 0xc6, 0xc7 -> {
        if (instruction.group() != 0) {
          throw notInterpreted(instruction);
        }
        Operands.store(instruction, words, memory, size, instruction.immediate);
      }
      case 0xc9 -> {
        requireNear(instruction);
        Flow.leave(words, memory);
      }
      case 0xe0, 0xe1, 0xe2, 0xe3 -> {
        requireNear(instruction);
        return Flow.loop(instruction, words, next);
      }
      case 0xe8 -> {
        requireNear(instruction);
        return Flow.call(words, memory, next, next + instruction.immediate);
      }
      case 0xe9, 0xeb -> {
        requireNear(instruction);
        return next + instruction.immediate;
      }
      case 0xf5 -> words[Regs.FLAGS] ^= Flags.CF;
      case 0xf8, 0xf9 -> Flags.set(words, Flags.CF, -(instruction.opcode & 1));
      case 0xfa, 0xfb -> Flags.set(words, Flags.IF, (instruction.opcode & 1) * Flags.IF);
      case 0xfc, 0xfd -> Flags.set(words, Flags.DF, (instruction.opcode & 1) * Flags.DF);
      case 0xf6, 0xf7 -> group3(instruction, words, memory, size);
      case 0xfe, 0xff -> {
        return group5(instruction, words, memory, next, size);
      }
      default -> throw notInterpreted(instruction);
    }
    return next;
  }

  private static void group3(Decoded instruction, long[] words, AddressSpace memory, int size) {
    switch (instruction.group()) {
      case 0, 1 -> {
        long operand = Operands.load(instruction, words, memory, size);
        Arithmetic.test(words, size, operand, instruction.immediate);
      }
      case 2 -> Arithmetic.not(instruction, words, memory, size);
      case 3 -> Arithmetic.negate(instruction, words, memory, size);
      case 4 -> Multiplication.wide(instruction, words, memory, size, false);
      case 5 -> Multiplication.wide(instruction, words, memory, size, true);
      case 6 -> Multiplication.divide(instruction, words, memory, size, false);
      default -> Multiplication.divide(instruction, words, memory, size, true);
    }
  }

  private static long group5(
      Decoded instruction, long[] words, AddressSpace memory, long next, int size) {
    switch (instruction.group()) {
      case 0 -> Arithmetic.step(instruction, words, memory, size, 1);
      case 1 -> Arithmetic.step(instruction, words, memory, size, -1);
      case 2 -> {
        requireNear(instruction);
        long target = Operands.load(instruction, words, memory, Long.BYTES);
        return Flow.call(words, memory, next, target);
      }
      case 4 -> {
        requireNear(instruction);
        return Operands.load(instruction, words, memory, Long.BYTES);
      }
      case 6 -> {
        int width = Operands.stackSize(instruction);
        long value = Operands.load(instruction, words, memory, width);
        Flow.push(words, memory, width, value);
      }
      default -> throw notInterpreted(instruction);
    }
    return next;
  }
}
