package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;

/**
 * {@code movs}, {@code stos} and {@code lods}, repeated or not.
 *
 * <p>As on the processor, a fault in the middle leaves the registers as after the last whole
 * element, so that the instruction can be continued, and shows how far it came.
 */
final class Strings {
  private Strings() {}

  static void execute(Decoded instruction, long[] words, AddressSpace memory) {
    boolean move = instruction.opcode <= 0xa5;
    boolean load = instruction.opcode >= 0xac;
    boolean reads = move || load;
    if (instruction.prefixes.addressSize() || reads && instruction.prefixes.hasSegmentBase()) {
      throw Interpreter.notInterpreted(instruction);
    }
    int size = Operands.sizeByOpcode(instruction);
    boolean backward = (words[Regs.FLAGS] & Flags.DF) != 0;
    long step = backward ? -size : size;
    boolean repeated = instruction.prefixes.repeat() != 0;
    while (!repeated || words[Regs.CX] != 0) {
      long value = reads ? memory.read(words[Regs.SI], size) : words[Regs.AX];
      if (load) {
        Operands.setRegister(instruction, words, Operands.ACCUMULATOR, size, value);
      } else {
        memory.write(words[Regs.DI], size, Operands.truncate(value, size));
        words[Regs.DI] += step;
      }
      words[Regs.SI] += reads ? step : 0;
      if (!repeated) {
        return;
      }
      words[Regs.CX]--;
    }
  }
}
