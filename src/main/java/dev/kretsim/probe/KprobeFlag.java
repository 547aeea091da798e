package dev.kretsim.probe;

/** Bits of {@code kp.flags}. <b>Source.</b> {@code include/linux/kprobes.h}. */
public enum KprobeFlag {
  /** The probed text is gone. */
  GONE,
  /** Registered, but not armed on its own account. */
  DISABLED,
  /** Queued for jump optimisation, or optimised. */
  OPTIMIZED,
  /** Sits on an ftrace site. */
  FTRACE,
  /** Sits on a function's entry; kernels from 6.1 on. */
  ON_FUNC_ENTRY;

  /** Its value in the flags word. */
  public int bit() {
    return 1 << ordinal();
  }
}
