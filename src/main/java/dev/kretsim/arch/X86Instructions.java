package dev.kretsim.arch;

import java.util.Optional;

/** The instructions of x86-64. */
final class X86Instructions implements InstructionSet {
  static final X86Instructions INSTANCE = new X86Instructions();

  @Override
  public int maxLength() {
    return 15;
  }

  @Override
  public Optional<Instruction> decode(byte[] code, int at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<byte[]> relocate(byte[] code, long from, long to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Instruction instruction, PtRegs regs, AddressSpace memory) {
    throw new UnsupportedOperationException();
  }
}
