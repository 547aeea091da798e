package dev.kretsim.trace;

import dev.kretsim.trace.event.EventMatcher;
import dev.kretsim.trace.event.PoolSigns;
import dev.kretsim.trace.graph.GraphMatcher;
import org.jspecify.annotations.Nullable;

/**
 * One call of a traced function, from its entry to its return. It is made at the entry, so what
 * lies after that is filled in as the trace goes on.
 */
public final class Call {
  /** The context of a call that no interrupt handler made. */
  public static final int TASK_CONTEXT = 0;

  private final int ordinal;
  private final int function;
  private final int task;
  private final int context;
  private final int depth;
  private final long entryNs;
  private final @Nullable Call enclosing;

  /** For whoever receives the calls, to find again at the return what the entry was given. */
  public long tag;

  private long exitNs;
  private boolean returned;
  private boolean lost;
  private boolean knownLost;
  private boolean inside;
  private long nestedEntryNs = Long.MIN_VALUE;
  private boolean holdsNested;

  /**
   * For {@link EventMatcher}: the ordinal of the call by which the task first entered the function
   * again while this one seemed open; -1 if it did not.
   */
  public int reenteredBy = -1;

  /** For {@link PoolSigns}: the calls of the function that are inside too, next to it by entry. */
  public @Nullable Call older;

  public @Nullable Call newer;

  /** For {@link PoolSigns}: how many of them were inside when this one came. */
  public int insideBefore;

  /** For {@link PoolSigns}: the most inside from this entry to that of {@link #newer}. */
  public int peakInside;

  /** For {@link GraphMatcher}: the depth in the task's call graph that the trace shows. */
  public int indent;

  /**
   * @param ordinal the number of calls before this one in the trace, or -1 where the entry lies
   *     before the trace
   * @param context {@link #TASK_CONTEXT}, or a number for the CPU and level of an interrupt
   * @param depth 1 for an outermost call of the function in its task and context
   * @param enclosing the call of the same function, task and context in which this one is nested
   */
  public Call(
      int ordinal,
      int function,
      int task,
      int context,
      int depth,
      long entryNs,
      @Nullable Call enclosing) {
    this.ordinal = ordinal;
    this.function = function;
    this.task = task;
    this.context = context;
    this.entryNs = entryNs;
    this.enclosing = enclosing;
    this.depth = depth;
  }

  public int ordinal() {
    return ordinal;
  }

  /** The function's number, an index into {@link TraceFindings#functions}. */
  public int function() {
    return function;
  }

  /** The task's number, from 0 in order of first sight. */
  public int task() {
    return task;
  }

  /** 0 for a task's own call, else a number for the CPU and level of the interrupt it came in. */
  public int interruptContext() {
    return context;
  }

  /** 1 for an outermost call, 2 for one nested in a call of the same function, and so on. */
  public int depth() {
    return depth;
  }

  /** When it was entered, in the trace's clock. */
  public long entryNs() {
    return entryNs;
  }

  /** When it returned, in the trace's clock; for a lost one, the latest that this can have been. */
  public long exitNs() {
    return exitNs;
  }

  /** Whether its entry lies before the trace. */
  public boolean beganBefore() {
    return ordinal < 0;
  }

  /** Whether it must have returned without the trace showing it. Known at its return. */
  public boolean lost() {
    return lost;
  }

  /** Whether an earlier pass over the trace found that it is {@link #lost}. Known at its entry. */
  public boolean knownLost() {
    return knownLost;
  }

  public void setKnownLost(boolean known) {
    knownLost = known;
  }

  public void end(long timeNs, boolean withoutReturn) {
    exitNs = Math.max(timeNs, entryNs);
    returned = true;
    lost = withoutReturn;
  }

  public boolean returned() {
    return returned;
  }

  /** Whether the receiver was told of the entry and not yet of the return. */
  public boolean inside() {
    return inside;
  }

  public void setInside(boolean now) {
    inside = now;
  }

  /** Tells all enclosing calls that one nested in them was entered at this time. */
  public void tellEnclosing() {
    for (Call outer = enclosing; outer != null; outer = outer.enclosing) {
      outer.nestedEntryNs = entryNs;
      outer.holdsNested = true;
    }
  }

  /** Whether it saw a nested call of its own function. */
  public boolean holdsNested() {
    return holdsNested;
  }

  public boolean nestedEntryAt(long timeNs) {
    return nestedEntryNs == timeNs;
  }
}
