package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;

/** Stack, calls and jumps. Memory is accessed before a register changes, as it may fault. */
final class Flow {
  private Flow() {}

  static void push(long[] words, AddressSpace memory, int size, long value) {
    long top = words[Regs.SP] - size;
    memory.write(top, size, Operands.truncate(value, size));
    words[Regs.SP] = top;
  }

  static long pop(long[] words, AddressSpace memory, int size) {
    long value = memory.read(words[Regs.SP], size);
    words[Regs.SP] += size;
    return value;
  }

  /** Pops into the operand of ModRM, whose address sees the stack pointer already moved. */
  static void popOperand(Decoded instruction, long[] words, AddressSpace memory) {
    int size = Operands.stackSize(instruction);
    long value = memory.read(words[Regs.SP], size);
    Address address = instruction.address;
    if (address == null) {
      words[Regs.SP] += size;
      Operands.store(instruction, words, memory, size, value);
      return;
    }
    long moved = address.base() == Operands.STACK ? size : 0;
    memory.write(Operands.effectiveAddress(instruction, words) + moved, size, value);
    words[Regs.SP] += size;
  }

  static void leave(long[] words, AddressSpace memory) {
    long frame = words[Regs.BP];
    words[Regs.BP] = memory.readWord(frame);
    words[Regs.SP] = frame + Long.BYTES;
  }

  static long call(long[] words, AddressSpace memory, long next, long target) {
    push(words, memory, Long.BYTES, next);
    return target;
  }

  static long ret(Decoded instruction, long[] words, AddressSpace memory) {
    long target = pop(words, memory, Long.BYTES);
    words[Regs.SP] += instruction.immediate;
    return target;
  }

  static long jumpIf(Decoded instruction, long[] words, long next) {
    boolean taken = Flags.holds(instruction.opcode & 0xf, words[Regs.FLAGS]);
    return taken ? next + instruction.immediate : next;
  }

  /** {@code loopne}, {@code loope}, {@code loop} and {@code jrcxz}, by the opcode's low bits. */
  static long loop(Decoded instruction, long[] words, long next) {
    int kind = instruction.opcode & 3;
    int size = instruction.prefixes.addressSize() ? 4 : 8;
    long counter =
        Operands.register(instruction, words, Operands.COUNTER, size) - (kind == 3 ? 0 : 1);
    if (kind != 3) {
      Operands.setRegister(instruction, words, Operands.COUNTER, size, counter);
    }
    boolean zero = (words[Regs.FLAGS] & Flags.ZF) != 0;
    boolean taken =
        switch (kind) {
          case 0 -> counter != 0 && !zero;
          case 1 -> counter != 0 && zero;
          case 2 -> counter != 0;
          default -> counter == 0;
        };
    return taken ? next + instruction.immediate : next;
  }
}
