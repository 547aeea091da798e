package dev.kretsim.arch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The processor architectures that can be emulated. */
public enum Arch {
  X86_64 {
    @Override
    public PtRegs newRegs() {
      return new X86Regs();
    }

    @Override
    public InstructionSet instructions() {
      return X86Instructions.INSTANCE;
    }

    @Override
    public byte[] breakpoint() {
      return bytes(0xcc); // int3
    }

    @Override
    public byte[] patchableEntry(boolean traceable, boolean branchTracking) {
      byte[] endbr = branchTracking ? bytes(0xf3, 0x0f, 0x1e, 0xfa) : bytes();
      byte[] first = traceable ? bytes(0x0f, 0x1f, 0x44, 0, 0) : bytes(0x55); // nopl / push %rbp
      byte[] entry = Arrays.copyOf(endbr, endbr.length + first.length);
      System.arraycopy(first, 0, entry, endbr.length, first.length);
      return entry;
    }

    @Override
    public byte[] returnInstruction() {
      return bytes(0xc3);
    }

    @Override
    public int probeOffset(boolean branchTracking) {
      return branchTracking ? 4 : 0; // behind ENDBR64, which must stay the first instruction
    }

    @Override
    public boolean callStoresReturnAddress() {
      return true;
    }
  },
  ARM64 {
    @Override
    public PtRegs newRegs() {
      return new Arm64Regs();
    }

    @Override
    public InstructionSet instructions() {
      return Arm64Instructions.INSTANCE;
    }

    @Override
    public byte[] breakpoint() {
      return word(0xd4200080); // brk #4
    }

    @Override
    public byte[] patchableEntry(boolean traceable, boolean branchTracking) {
      return traceable
          ? word(0xaa1e03e9, 0xd503201f) // mov x9, x30; nop: an ftrace site
          : word(0xd503201f);
    }

    @Override
    public byte[] returnInstruction() {
      return word(0xd65f03c0);
    }

    @Override
    public int probeOffset(boolean branchTracking) {
      return 0;
    }

    @Override
    public boolean callStoresReturnAddress() {
      return false;
    }
  };

  /** A fresh set of registers, all zero. */
  public abstract PtRegs newRegs();

  /** Its instructions. */
  public abstract InstructionSet instructions();

  /** The instruction that replaces a probed one. */
  public abstract byte[] breakpoint();

  /**
   * The instructions that a compiled function starts with.
   *
   * @param traceable whether ftrace has a site there
   * @param branchTracking whether the kernel was built for indirect branch tracking
   */
  public abstract byte[] patchableEntry(boolean traceable, boolean branchTracking);

  public abstract byte[] returnInstruction();

  /** Bytes from a function's symbol to where its entry probe lands. */
  public abstract int probeOffset(boolean branchTracking);

  /** Whether a call puts the return address on the stack; the alternative is a link register. */
  public abstract boolean callStoresReturnAddress();

  /** The architecture of that label, such as {@code "x86_64"}. */
  public static Optional<Arch> of(String label) {
    return Arrays.stream(values()).filter(arch -> arch.label().equals(label)).findFirst();
  }

  /** The name used on the command line, in scenarios and in results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] word(int... instructions) {
    byte[] bytes = new byte[4 * instructions.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (instructions[i / 4] >>> (8 * (i % 4)));
    }
    return bytes;
  }
}
