package dev.kretsim.probe;

/** Bits of {@code kp.flags}. <b>Source.</b> {@code include/linux/kprobes.h}. */
public enum KprobeFlag {
  /** The probed text is gone. */
  GONE(1),
  /** Registered, but not armed on its own account. */
  DISABLED(2),
  /** Queued for jump optimisation, or optimised. */
  OPTIMIZED(4),
  /** Sits on an ftrace site. */
  FTRACE(8),
  /** Sits on a function's entry; kernels from 6.1 on. */
  ON_FUNC_ENTRY(16);

  private final int bit;

  KprobeFlag(int bit) {
    this.bit = bit;
  }

  /** {@return its value in the flags word} */
  public int bit() {
    return bit;
  }
}
