package dev.kretsim.arch.choice;

import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.arm64.Arm64;
import dev.kretsim.arch.x86.X86;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The processor architectures that can be emulated. */
public enum Arch {
  /** 64-bit x86. */
  X86_64 {
    @Override
    public PtRegs newRegs() {
      return X86.newRegs();
    }

    @Override
    public InstructionSet instructions() {
      return X86.INSTANCE;
    }

    @Override
    public byte[] breakpoint() {
      return bytes(0xcc); // int3
    }

    @Override
    public byte[] hostedFunction(boolean traceable, boolean branchTracking) {
      return join(
          branchTracking ? ENDBR64 : bytes(),
          traceable ? bytes(0x0f, 0x1f, 0x44, 0, 0) : bytes(), // nopl: the ftrace site
          bytes(0x0f, 0x1f, 0x80, 0x4a, 0x41, 0x56, 0x41), // nopl: stands for the body
          justReturn());
    }

    @Override
    public byte[] justReturn() {
      return bytes(0xc3);
    }

    @Override
    public boolean startsWithBranchTarget(byte[] code) {
      return BRANCH_TARGETS.stream()
          .anyMatch(mark -> Arrays.equals(code, 0, mark.length, mark, 0, mark.length));
    }

    @Override
    public int placeholderOffset(boolean traceable) {
      return traceable ? 5 : 0;
    }

    @Override
    public int ftraceOffset(byte[] code) {
      return 0;
    }

    @Override
    public int instructionAlignment() {
      return 1;
    }

    @Override
    public int slotBytes() {
      return 16;
    }

    @Override
    public byte[] padding() {
      return bytes(0xcc);
    }

    @Override
    public boolean callStoresReturnAddress() {
      return true;
    }
  },
  /** 64-bit Arm. */
  ARM64 {
    @Override
    public PtRegs newRegs() {
      return Arm64.newRegs();
    }

    @Override
    public InstructionSet instructions() {
      return Arm64.INSTANCE;
    }

    @Override
    public byte[] breakpoint() {
      return word(0xd4200080); // brk #4
    }

    @Override
    public byte[] hostedFunction(boolean traceable, boolean branchTracking) {
      return join(
          traceable ? word(0xaa1e03e9, 0xd503201f) : bytes(), // mov x9, x30; nop: the ftrace site
          word(0xd503201f), // nop: stands for the body
          justReturn());
    }

    @Override
    public byte[] justReturn() {
      return word(0xd65f03c0);
    }

    @Override
    public boolean startsWithBranchTarget(byte[] code) {
      return false;
    }

    @Override
    public int placeholderOffset(boolean traceable) {
      return traceable ? 8 : 0;
    }

    @Override
    public int ftraceOffset(byte[] code) {
      return Arrays.equals(code, 0, 4, BTI_C, 0, 4) ? 8 : 4;
    }

    @Override
    public int instructionAlignment() {
      return 4;
    }

    @Override
    public int slotBytes() {
      return 8;
    }

    @Override
    public byte[] padding() {
      return word(0xd503201f); // nop
    }

    @Override
    public boolean callStoresReturnAddress() {
      return false;
    }
  };

  /** {@return a fresh set of registers, all zero} */
  public abstract PtRegs newRegs();

  /** {@return how its instructions are decoded, moved and executed} */
  public abstract InstructionSet instructions();

  /** {@return the instruction that replaces a probed one} */
  public abstract byte[] breakpoint();

  /**
   * {@return the text of a function whose body is written in Java: an entry as compiled, a
   * placeholder for the body, a return}
   *
   * @param traceable whether ftrace has a site there
   * @param branchTracking whether the kernel was built for indirect branch tracking
   */
  public abstract byte[] hostedFunction(boolean traceable, boolean branchTracking);

  /** {@return a function that does nothing but return: where handlers that override one go on} */
  public abstract byte[] justReturn();

  /**
   * {@return how many bytes it is from the entry of a {@link #hostedFunction} to what stands for
   * its body}
   *
   * @param traceable whether ftrace has a site there
   */
  public abstract int placeholderOffset(boolean traceable);

  /**
   * {@return whether the code starts with an ENDBR64, sealed or not, which must stay a function's
   * first instruction}
   *
   * @param code a function's bytes
   */
  public abstract boolean startsWithBranchTarget(byte[] code);

  /**
   * {@return how many bytes it is from a function's entry to its ftrace site, where it has one}
   *
   * @param code the first bytes of the function
   */
  public abstract int ftraceOffset(byte[] code);

  /** {@return how many bytes instructions are aligned to} */
  public abstract int instructionAlignment();

  /** {@return how many bytes a slot for a copied instruction has: {@code MAX_INSN_SIZE}} */
  public abstract int slotBytes();

  /** {@return the bytes that lie between functions} */
  public abstract byte[] padding();

  /**
   * {@return whether a call puts the return address on the stack; the alternative is a link
   * register}
   */
  public abstract boolean callStoresReturnAddress();

  /**
   * {@return the architecture of that label; empty if there is none}
   *
   * @param label such as {@code "x86_64"}
   */
  public static Optional<Arch> of(String label) {
    return Arrays.stream(values()).filter(arch -> arch.label().equals(label)).findFirst();
  }

  /** {@return the name used on the command line, in scenarios and in results} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static final byte[] BTI_C = word(0xd503245f);
  private static final byte[] ENDBR64 = bytes(0xf3, 0x0f, 0x1e, 0xfa);

  /** ENDBR64, and what a kernel seals it with where nobody jumps to: up to 6.12, and in 7.3. */
  private static final List<byte[]> BRANCH_TARGETS =
      List.of(ENDBR64, bytes(0x66, 0x0f, 0x1f, 0x00), bytes(0x0f, 0x1f, 0x40, 0xd6));

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
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
