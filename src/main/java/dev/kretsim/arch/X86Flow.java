package dev.kretsim.arch;

/** Stack, calls and jumps. Memory is accessed before a register changes, as it may fault. */
final class X86Flow {
  private X86Flow() {}

  static void push(long[] words, AddressSpace memory, int size, long value) {
    long top = words[X86Regs.SP] - size;
    memory.write(top, size, X86Operands.truncate(value, size));
    words[X86Regs.SP] = top;
  }

  static long pop(long[] words, AddressSpace memory, int size) {
    long value = memory.read(words[X86Regs.SP], size);
    words[X86Regs.SP] += size;
    return value;
  }

  /** Pops into the operand of ModRM, whose address sees the stack pointer already moved. */
  static void popOperand(X86Instruction instruction, long[] words, AddressSpace memory) {
    int size = X86Operands.stackSize(instruction);
    long value = memory.read(words[X86Regs.SP], size);
    X86Address address = instruction.address;
    if (address == null) {
      words[X86Regs.SP] += size;
      X86Operands.store(instruction, words, memory, size, value);
      return;
    }
    long moved = address.base() == X86Operands.STACK ? size : 0;
    memory.write(X86Operands.effectiveAddress(instruction, words) + moved, size, value);
    words[X86Regs.SP] += size;
  }

  static void leave(long[] words, AddressSpace memory) {
    long frame = words[X86Regs.BP];
    words[X86Regs.BP] = memory.readWord(frame);
    words[X86Regs.SP] = frame + Long.BYTES;
  }

  static long call(long[] words, AddressSpace memory, long next, long target) {
    push(words, memory, Long.BYTES, next);
    return target;
  }

  static long ret(X86Instruction instruction, long[] words, AddressSpace memory) {
    long target = pop(words, memory, Long.BYTES);
    words[X86Regs.SP] += instruction.immediate;
    return target;
  }

  static long jumpIf(X86Instruction instruction, long[] words, long next) {
    boolean taken = X86Flags.holds(instruction.opcode & 0xf, words[X86Regs.FLAGS]);
    return taken ? next + instruction.immediate : next;
  }

  /** {@code loopne}, {@code loope}, {@code loop} and {@code jrcxz}, by the opcode's low bits. */
  static long loop(X86Instruction instruction, long[] words, long next) {
    int kind = instruction.opcode & 3;
    int size = instruction.prefixes.addressSize() ? 4 : 8;
    long counter =
        X86Operands.register(instruction, words, X86Operands.COUNTER, size) - (kind == 3 ? 0 : 1);
    if (kind != 3) {
      X86Operands.setRegister(instruction, words, X86Operands.COUNTER, size, counter);
    }
    boolean zero = (words[X86Regs.FLAGS] & X86Flags.ZF) != 0;
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
