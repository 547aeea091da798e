package dev.kretsim.trace.pairing;

import dev.kretsim.trace.Call;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader knows of one task while it goes through a trace. */
public final class TaskState {
  /** The task's number, from 0 in order of first sight. */
  final int number;

  /** The calls that seem open, outermost first. */
  public final List<Call> open = new ArrayList<>();

  /** The functions it was seen to enter. */
  public final BitSet entered = new BitSet();

  /** How many of its calls began before the trace, as far as returns showed. */
  int begunBefore;

  /** The number of calls in the trace when the task last returned from one. */
  public int callsAtLastReturn;

  /** The least depth of its call graph that a function_graph trace showed. */
  public int leastIndent = Integer.MAX_VALUE;

  /** The function it returned from last, and has done nothing since; -1 if there is none. */
  public int justReturned = -1;

  /** For that return, which of the function's return events showed it, one bit each. */
  long justReturnedEvents;

  /** The leaf it called last, whose return function_graph told with its entry. */
  public @Nullable Call leaf;

  TaskState(int number) {
    this.number = number;
  }

  /**
   * Whether another probe's event has shown this return. Each return probe has a pool of its own,
   * so any of them may miss a call that the others show.
   *
   * @param event which of the function's return events shows it, as one bit
   */
  public boolean isShownAlready(int function, long event) {
    boolean same = justReturned == function && (justReturnedEvents & event) == 0;
    justReturned = function;
    justReturnedEvents = same ? justReturnedEvents | event : event;
    return same;
  }

  /** The innermost open call of a function; null if none is open. */
  public @Nullable Call innermost(int function) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).function() == function) {
        return open.get(i);
      }
    }
    return null;
  }

  /** The innermost open call of a function in one context; null if none is open. */
  public @Nullable Call innermost(int function, int context) {
    for (int i = open.size() - 1; i >= 0; i--) {
      Call call = open.get(i);
      if (call.function() == function && call.interruptContext() == context) {
        return call;
      }
    }
    return null;
  }

  /** How many calls of a function are open in one context. */
  int openOf(int function, int context) {
    int count = 0;
    for (Call call : open) {
      count += call.function() == function && call.interruptContext() == context ? 1 : 0;
    }
    return count;
  }

  public @Nullable Call top() {
    return open.isEmpty() ? null : open.get(open.size() - 1);
  }

  public Call pop() {
    return open.remove(open.size() - 1);
  }
}
