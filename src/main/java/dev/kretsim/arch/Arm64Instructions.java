package dev.kretsim.arch;

import java.util.Optional;

/** The instructions of arm64. */
final class Arm64Instructions implements InstructionSet {
  static final Arm64Instructions INSTANCE = new Arm64Instructions();

  @Override
  public int maxLength() {
    return 4;
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
