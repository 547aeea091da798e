package dev.kretsim.arch;

/**
 * {@code movs}, {@code stos} and {@code lods}, repeated or not.
 *
 * <p>As on the processor, a fault in the middle leaves the registers as after the last whole
 * element, so that the instruction can be continued, and shows how far it came.
 */
final class X86Strings {
  private X86Strings() {}

  static void execute(X86Instruction instruction, long[] words, AddressSpace memory) {
    boolean move = instruction.opcode <= 0xa5;
    boolean load = instruction.opcode >= 0xac;
    boolean reads = move || load;
    if (instruction.prefixes.addressSize() || reads && instruction.prefixes.hasSegmentBase()) {
      throw X86Interpreter.notInterpreted(instruction);
    }
    int size = X86Operands.sizeByOpcode(instruction);
    boolean backward = (words[X86Regs.FLAGS] & X86Flags.DF) != 0;
    long step = backward ? -size : size;
    boolean repeated = instruction.prefixes.repeat() != 0;
    while (!repeated || words[X86Regs.CX] != 0) {
      long value = reads ? memory.read(words[X86Regs.SI], size) : words[X86Regs.AX];
      if (load) {
        X86Operands.setRegister(instruction, words, X86Operands.ACCUMULATOR, size, value);
      } else {
        memory.write(words[X86Regs.DI], size, X86Operands.truncate(value, size));
        words[X86Regs.DI] += step;
      }
      words[X86Regs.SI] += reads ? step : 0;
      if (!repeated) {
        return;
      }
      words[X86Regs.CX]--;
    }
  }
}
