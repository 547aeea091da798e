package dev.kretsim.trace;

/**
 * One call of a traced function, from its entry to its return. It is made at the entry, so what
 * lies after that is filled in as the trace goes on.
 */
public final class Call {
  /** The context of a call that no interrupt handler made. */
  public static final int TASK_CONTEXT = 0;

  private final int function;
  private final int task;
  private final int context;
  private final int depth;
  private final long entryNs;
  private final boolean beganBefore;
  private final boolean knownLost;

  /** For whoever receives the calls, to find again at the return what the entry was given. */
  public long tag;

  private long exitNs;
  private long holdNs = Movements.UNKNOWN;
  private boolean lost;
  private boolean cut;

  Call(
      int function,
      int task,
      int context,
      int depth,
      long entryNs,
      boolean beganBefore,
      boolean knownLost) {
    this.function = function;
    this.task = task;
    this.context = context;
    this.depth = depth;
    this.entryNs = entryNs;
    this.beganBefore = beganBefore;
    this.knownLost = knownLost;
  }

  void end(long timeNs, long tookNs, boolean withoutReturn, boolean brokenOff) {
    exitNs = Math.max(timeNs, entryNs);
    holdNs = tookNs;
    lost = withoutReturn;
    cut = brokenOff;
  }

  /** {@return the function's number, an index into {@link TraceFindings#functions}} */
  public int function() {
    return function;
  }

  /** {@return the task's number, from 0 in order of first sight} */
  public int task() {
    return task;
  }

  /**
   * {@return 0 for a task's own call, else a number for the CPU and level of the interrupt it came
   * in}
   */
  public int interruptContext() {
    return context;
  }

  /**
   * {@return 1 for an outermost call, 2 for one nested in a call of the same function, and so on}
   */
  public int depth() {
    return depth;
  }

  /** {@return when it was entered, in nanoseconds of the trace's clock} */
  public long entryNs() {
    return entryNs;
  }

  /**
   * {@return when it returned, in nanoseconds of the trace's clock; for a lost one, the latest that
   * this can have been}
   */
  public long exitNs() {
    return exitNs;
  }

  /**
   * {@return how long it took, in ns, known at its return; {@link Movements#UNKNOWN} where the
   * trace does not tell} It is what function_graph's DURATION says where that stands, so it may
   * differ from what lies between {@link #entryNs} and {@link #exitNs}, which are no finer than the
   * stamps.
   */
  public long holdNs() {
    return holdNs;
  }

  /** {@return whether its entry lies before the trace} */
  public boolean beganBefore() {
    return beganBefore;
  }

  /** {@return whether it must have returned without the trace showing it} Known at its return. */
  public boolean lost() {
    return lost;
  }

  /**
   * {@return whether it is inside still where the trace breaks off and another recording begins}
   */
  public boolean cut() {
    return cut;
  }

  /**
   * {@return whether an earlier pass over the trace found that it is {@link #lost}} Known at its
   * entry.
   */
  public boolean knownLost() {
    return knownLost;
  }
}
