package dev.kretsim.arch;

import java.util.ArrayList;
import java.util.List;

/** arm64: x0..x30, sp, pc, pstate. The return address is in x30, the link register. */
final class Arm64Regs extends PtRegs {
  private static final int ARGUMENTS = 8;
  private static final int FP = 29;
  private static final int LINK = 30;
  private static final int SP = 31;
  private static final int PC = 32;
  private static final List<String> NAMES = namesInOrder();

  Arm64Regs() {
    super(NAMES.size(), 0, PC, SP, FP);
  }

  @Override
  public long argument(int n) {
    return n < ARGUMENTS ? words[n] : 0;
  }

  @Override
  public void setArgument(int n, long value) {
    if (n >= ARGUMENTS) {
      throw new IllegalArgumentException("not passed in a register: argument " + n);
    }
    words[n] = value;
  }

  @Override
  public long returnAddress(AddressSpace stack) {
    return words[LINK];
  }

  @Override
  public void setReturnAddress(AddressSpace stack, long address) {
    words[LINK] = address;
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  private static List<String> namesInOrder() {
    List<String> names = new ArrayList<>();
    for (int n = 0; n <= LINK; n++) {
      names.add("x" + n);
    }
    names.addAll(List.of("sp", "pc", "pstate"));
    return List.copyOf(names);
  }
}
