package dev.kretsim.probe;

/** The ways in which a probe gets hold of a CPU. */
public enum Flavour {
  /** A breakpoint: {@code int3} or {@code brk}. Handlers run with interrupts off. */
  BREAKPOINT(true, true),
  /** A call from the function's ftrace site. */
  FTRACE(false, true),
  /** A jump into a detour: what handlers return is ignored, and nothing runs afterwards. */
  OPTIMIZED(false, false);

  private final boolean irqsOff;
  private final boolean obeysHandlers;

  Flavour(boolean irqsOff, boolean obeysHandlers) {
    this.irqsOff = irqsOff;
    this.obeysHandlers = obeysHandlers;
  }

  /** {@return whether handlers run with interrupts off} */
  public boolean irqsOff() {
    return irqsOff;
  }

  /** {@return whether what a pre-handler returns counts, and post-handlers run} */
  public boolean obeysHandlers() {
    return obeysHandlers;
  }
}
