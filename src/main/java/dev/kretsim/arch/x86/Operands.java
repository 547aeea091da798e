package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;
import org.jspecify.annotations.Nullable;

/** Reads and writes what an instruction works on: registers and memory, 1 to 8 bytes wide. */
final class Operands {
  static final int ACCUMULATOR = 0;
  static final int COUNTER = 1;
  static final int DATA = 2;
  static final int STACK = 4;

  /** Where the register of each number lies. */
  private static final int[] WORD = {
    Regs.AX, Regs.CX, Regs.DX, Regs.BX, Regs.SP, Regs.BP, Regs.SI, Regs.DI, Regs.R8, Regs.R9,
    Regs.R10, Regs.R11, Regs.R12, Regs.R13, Regs.R14, Regs.R15
  };

  private Operands() {}

  /** Bytes of operands that are not single bytes. */
  static int size(Decoded instruction) {
    if (instruction.prefixes.wide()) {
      return 8;
    }
    return instruction.prefixes.operandSize() ? 2 : 4;
  }

  /** Bytes of operands where an even opcode stands for single ones. */
  static int sizeByOpcode(Decoded instruction) {
    return (instruction.opcode & 1) == 0 ? 1 : size(instruction);
  }

  /** Bytes of what is pushed or popped. */
  static int stackSize(Decoded instruction) {
    return size(instruction) == 2 ? 2 : 8;
  }

  /** The low bytes of a value, the others zero. */
  static long truncate(long value, int size) {
    return size == 8 ? value : value & (1L << 8 * size) - 1;
  }

  /** The low bytes of a value, as a signed number. */
  static long signExtend(long value, int size) {
    int unused = Long.SIZE - 8 * size;
    return value << unused >> unused;
  }

  static long full(long[] words, int register) {
    return words[WORD[register]];
  }

  /** Reads a register, extended with zeros. */
  static long register(Decoded instruction, long[] words, int number, int size) {
    return isHighByte(instruction, number, size)
        ? words[WORD[number - 4]] >>> 8 & 0xff
        : truncate(words[WORD[number]], size);
  }

  /** Writes a register: four bytes clear the upper half, one or two leave the rest. */
  static void setRegister(Decoded instruction, long[] words, int number, int size, long value) {
    if (isHighByte(instruction, number, size)) {
      int word = WORD[number - 4];
      words[word] = words[word] & ~0xff00L | (value & 0xff) << 8;
    } else if (size >= 4) {
      words[WORD[number]] = truncate(value, size);
    } else {
      int word = WORD[number];
      long mask = (1L << 8 * size) - 1;
      words[word] = words[word] & ~mask | value & mask;
    }
  }

  /** Reads the operand that ModRM describes. */
  static long load(Decoded instruction, long[] words, AddressSpace memory, int size) {
    return instruction.address == null
        ? register(instruction, words, instruction.operandRegister(), size)
        : memory.read(effectiveAddress(instruction, words), size);
  }

  /** Writes the operand that ModRM describes. */
  static void store(Decoded instruction, long[] words, AddressSpace memory, int size, long value) {
    if (instruction.address == null) {
      setRegister(instruction, words, instruction.operandRegister(), size, value);
    } else {
      memory.write(effectiveAddress(instruction, words), size, truncate(value, size));
    }
  }

  /** Where the operand in memory lies. */
  static long effectiveAddress(Decoded instruction, long[] words) {
    if (instruction.prefixes.hasSegmentBase()) {
      throw Interpreter.notInterpreted(instruction);
    }
    return offset(instruction, words);
  }

  /** What {@code lea} computes. */
  static long offset(Decoded instruction, long[] words) {
    Address address = required(instruction, instruction.address);
    long sum = address.displacement();
    if (address.base() == Address.IP) {
      sum += words[Regs.IP] + instruction.length();
    } else if (address.base() != Address.NONE) {
      sum += words[WORD[address.base()]];
    }
    if (address.index() != Address.NONE) {
      sum += words[WORD[address.index()]] << address.scale();
    }
    return instruction.prefixes.addressSize() ? sum & 0xffff_ffffL : sum;
  }

  private static Address required(Decoded instruction, @Nullable Address address) {
    if (address == null) {
      throw Interpreter.notInterpreted(instruction);
    }
    return address;
  }

  /** Whether a byte register is ah, ch, dh or bh. */
  private static boolean isHighByte(Decoded instruction, int number, int size) {
    return size == 1 && number >= 4 && number < 8 && !instruction.prefixes.hasRex();
  }
}
