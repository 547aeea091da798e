package dev.kretsim.arch.arm64;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PtRegs;
import java.util.ArrayList;
import java.util.List;

/**
 * arm64: x0..x30, sp, pc, pstate. The return address is in x30, the link register.
 *
 * <p>Vector registers and the pointer to the running task are no part of {@code struct pt_regs}:
 * handlers do not see them, and {@link #save} leaves them where they are.
 */
public final class Regs extends PtRegs {
  private static final int ARGUMENTS = 8;
  private static final int FP = 29;
  static final int LINK = 30;
  static final int SP = 31;
  private static final int PC = 32;
  private static final int PSTATE = 33;
  private static final int ZERO = 31; // where an instruction means no stack pointer by it
  private static final int N = 31;
  private static final int Z = 30;
  private static final int C = 29;
  private static final int V = 28;
  private static final List<String> NAMES = namesInOrder();

  private static final long EXCEPTION_LEVEL = 0xf;
  private static final long MODE_32_BIT = 0x10;
  private static final long KERNEL = 0x5; // EL1h
  private static final long IRQS_MASKED = 0x80;

  /** With what follows the registers: the system call, the priority mask, a frame record. */
  private static final int STRUCT_BYTES = 336;

  private final long[] vectors = new long[32];
  private long currentTask;

  public Regs() {
    super(NAMES.size(), 0, PC, SP, FP);
    words[PSTATE] = KERNEL;
  }

  @Override
  public long argument(int n) {
    return n < ARGUMENTS ? words[n] : 0;
  }

  @Override
  public long argument(int n, AddressSpace stack) {
    return argument(n);
  }

  /** A 32-bit program's value is an {@code int}. */
  @Override
  public long returnValue() {
    boolean compat = userMode() && (words[PSTATE] & MODE_32_BIT) != 0;
    return compat ? (int) words[0] : words[0];
  }

  @Override
  public boolean userMode() {
    return (words[PSTATE] & EXCEPTION_LEVEL) == 0;
  }

  @Override
  public boolean irqsEnabled() {
    return (words[PSTATE] & IRQS_MASKED) == 0;
  }

  @Override
  public int bytes() {
    return STRUCT_BYTES;
  }

  @Override
  public int indexOf(String name) {
    return name.equals("lr") ? LINK : super.indexOf(name);
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

  @Override
  public void setCurrentTask(long address) {
    currentTask = address;
  }

  /** {@code sp_el0}, which the kernel keeps its current task in. */
  long currentTask() {
    return currentTask;
  }

  /** The low 64 bits of a vector register: {@code d0} to {@code d31}. */
  long vector(int n) {
    return vectors[n];
  }

  void setVector(int n, long value) {
    vectors[n] = value;
  }

  /** A general register; 31 reads as zero. */
  long x(int n) {
    return n == ZERO ? 0 : words[n];
  }

  /** Sets a general register; 31 discards the value. */
  void setX(int n, long value) {
    if (n != ZERO) {
      words[n] = value;
    }
  }

  /** Sets a general register; its upper half becomes zero unless the whole of it is meant. */
  void setX(int n, boolean wide, long value) {
    setX(n, wide ? value : value & 0xffff_ffffL);
  }

  /** A general register; 31 is the stack pointer. */
  long xOrSp(int n) {
    return words[n];
  }

  void setXOrSp(int n, long value) {
    words[n] = value;
  }

  void setFlags(boolean n, boolean z, boolean c, boolean v) {
    long flags = (n ? 1L << N : 0) | (z ? 1L << Z : 0) | (c ? 1L << C : 0) | (v ? 1L << V : 0);
    words[PSTATE] = words[PSTATE] & ~(0xfL << V) | flags;
  }

  boolean carry() {
    return flag(C);
  }

  /** Whether a condition, 0 ({@code eq}) to 15 ({@code nv}), holds. */
  boolean holds(int condition) {
    boolean plain =
        switch (condition >> 1) {
          case 0 -> flag(Z);
          case 1 -> flag(C);
          case 2 -> flag(N);
          case 3 -> flag(V);
          case 4 -> flag(C) && !flag(Z);
          case 5 -> flag(N) == flag(V);
          case 6 -> flag(N) == flag(V) && !flag(Z);
          default -> true;
        };
    boolean always = condition >> 1 == 7; // nv too, for symmetry of the encoding only
    return always || plain != ((condition & 1) != 0);
  }

  private boolean flag(int bit) {
    return (words[PSTATE] >>> bit & 1) != 0;
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
