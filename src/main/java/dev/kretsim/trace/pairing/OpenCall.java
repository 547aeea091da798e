package dev.kretsim.trace.pairing;

import dev.kretsim.trace.Movements;
import org.jspecify.annotations.Nullable;

/**
 * A call between its entry and its return. When it is over, the object is used for another, so who
 * keeps one for longer compares its {@link #serial}.
 */
public final class OpenCall {
  /** The number that stands for it in {@link Movements}. */
  final int slot;

  /** Which of the calls it is that this object has been used for. */
  long serial;

  /**
   * The number of calls before this one in the trace, or -1 where the entry lies before the trace.
   */
  public int ordinal;

  public int function;
  int task;

  /** {@link dev.kretsim.trace.Call#TASK_CONTEXT}, or a number for the CPU and level. */
  public int context;

  /** 1 for an outermost call of the function in its task and context. */
  int depth;

  public long entryNs;
  long exitNs;

  /** How long it took, where the trace tells that itself; else {@link Movements#UNKNOWN}. */
  long toldNs;

  /** Whether anybody wants to know of it; else it is only kept for what it tells of others. */
  boolean wanted;

  boolean returned;
  boolean lost;
  boolean cut;

  /** Whether an earlier pass found that it is lost. */
  boolean knownLost;

  /** Whether the entry was handed on, and the return not yet. */
  boolean inside;

  /** The call of the same function, task and context in which this one is nested. */
  private @Nullable OpenCall enclosing;

  private long enclosingSerial;
  private long nestedEntryNs;
  private boolean holdsNested;

  /** Where it stands among the calls whose return is known ahead; -1 if it is none. */
  int ahead = -1;

  /**
   * For events: the ordinal of the call by which the task first entered the function again while
   * this one seemed open; -1 if it did not.
   */
  public int reenteredBy;

  /** For signs of a small pool: the calls of the function that are inside too, next by entry. */
  public @Nullable OpenCall older;

  public @Nullable OpenCall newer;

  /** For signs of a small pool: how many of them were inside when this one came. */
  public int insideBefore;

  /** For signs of a small pool: the most inside from this entry to that of {@link #newer}. */
  public int peakInside;

  /** For function_graph: the depth in the task's call graph that the trace shows. */
  public int indent;

  /** For function_graph: whether it returns before its task does anything else. */
  public boolean isLeaf;

  OpenCall(int slot) {
    this.slot = slot;
  }

  void begin(
      int newOrdinal,
      int newFunction,
      int newTask,
      int newContext,
      int newDepth,
      long timeNs,
      @Nullable OpenCall outer) {
    serial++;
    wanted = true;
    ordinal = newOrdinal;
    function = newFunction;
    task = newTask;
    context = newContext;
    depth = newDepth;
    entryNs = timeNs;
    toldNs = Movements.UNKNOWN;
    returned = false;
    lost = false;
    cut = false;
    knownLost = false;
    inside = false;
    enclosing = outer;
    enclosingSerial = outer == null ? 0 : outer.serial;
    nestedEntryNs = Long.MIN_VALUE;
    holdsNested = false;
    isLeaf = false;
    reenteredBy = -1;
  }

  /** Tells all enclosing calls that one nested in them is entered now. */
  public void tellEnclosing() {
    OpenCall inner = this;
    for (OpenCall outer = enclosing;
        outer != null && outer.serial == inner.enclosingSerial;
        outer = outer.enclosing) {
      outer.nestedEntryNs = entryNs;
      outer.holdsNested = true;
      inner = outer;
    }
  }

  void end(long timeNs, boolean withoutReturn) {
    exitNs = Math.max(timeNs, entryNs);
    returned = true;
    lost = withoutReturn;
  }

  /** The trace tells how long it took, in ns. */
  public void took(long ns) {
    toldNs = ns;
  }

  /** Whether it saw a nested call of its own function. */
  public boolean holdsNested() {
    return holdsNested;
  }

  boolean nestedEntryAt(long timeNs) {
    return nestedEntryNs == timeNs;
  }

  /** How long it took, or {@link Movements#UNKNOWN}. */
  long holdNs() {
    if (lost || cut || ordinal < 0) {
      return Movements.UNKNOWN;
    }
    return toldNs != Movements.UNKNOWN ? toldNs : exitNs - entryNs;
  }
}
