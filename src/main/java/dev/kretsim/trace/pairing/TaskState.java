package dev.kretsim.trace.pairing;

import dev.kretsim.trace.SparseSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a reader knows of one task while it goes through a trace. */
public final class TaskState {
  /** No such time. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final @Nullable OpenCall[] NONE = {null};

  final int number;

  /**
   * The calls that seem open, outermost first, behind a null: who looks for one needs no count of
   * how many there are. A loop that counts is compiled as if it always went on, and later, with all
   * that is around it, once more.
   */
  private @Nullable OpenCall[] open = NONE;

  private int opens;

  /** The functions it was seen to enter; null as long as that is one at most. */
  private @Nullable SparseSet entered;

  private int firstEntered = -1;
  private int latestEntered = -1;

  /** How many of its calls began before the trace, as far as returns showed. */
  int begunBefore;

  /** The number of calls in the trace when the task last returned from one. */
  public int callsAtLastReturn;

  /** The least depth of its call graph that a function_graph trace showed. */
  public int leastIndent = Integer.MAX_VALUE;

  /** The function it returned from last, and has done nothing since; -1 if there is none. */
  public int justReturned = -1;

  /** For that return, which of the function's return events showed it, one bit each. */
  private long justReturnedEvents;

  /** The leaf it called last, whose return function_graph told with its entry. */
  private @Nullable OpenCall leaf;

  private long leafSerial;

  /** When that leaf returns, if nobody wants to know of it. */
  private long passedLeafExitNs = NO_TIME;

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

  /** The task's number, from 0 in order of first sight. */
  public int number() {
    return number;
  }

  /** Another recording begins; nothing is known of the task in it. */
  void forget() {
    opens = 0;
    entered = null;
    firstEntered = -1;
    latestEntered = -1;
    begunBefore = 0;
    leastIndent = Integer.MAX_VALUE;
    justReturned = -1;
    leaf = null;
    passedLeafExitNs = NO_TIME;
  }

  /** It enters a function. */
  public void enters(int function) {
    if (function != latestEntered) {
      latestEntered = function;
      if (firstEntered < 0) {
        firstEntered = function;
      } else if (function != firstEntered) {
        SparseSet others = entered == null ? new SparseSet() : entered;
        others.add(function);
        entered = others;
      }
    }
  }

  /** Whether it was seen to enter a function. */
  public boolean hasEntered(int function) {
    return function == firstEntered || (entered != null && entered.contains(function));
  }

  /** How many calls seem open. */
  public int opens() {
    return opens;
  }

  /** The open call of that number, from the outside in. */
  public OpenCall open(int number) {
    return open[number + 1];
  }

  /** The innermost open call of a function; null if none is open. */
  public @Nullable OpenCall innermost(int function) {
    int i = opens;
    OpenCall call = open[i];
    while (call != null && call.function != function) {
      call = open[--i];
    }
    return call;
  }

  /** The innermost open call of a function in one context; null if none is open. */
  public @Nullable OpenCall innermost(int function, int context) {
    int i = opens;
    OpenCall call = open[i];
    while (call != null && (call.function != function || call.context != context)) {
      call = open[--i];
    }
    return call;
  }

  /** How many calls of a function are open in one context. */
  int openOf(int function, int context) {
    int count = 0;
    for (int i = 1; i <= opens; i++) {
      OpenCall call = open[i];
      count += call.function == function && call.context == context ? 1 : 0;
    }
    return count;
  }

  public @Nullable OpenCall top() {
    return open[opens];
  }

  public OpenCall pop() {
    return open[opens--];
  }

  void push(OpenCall call) {
    if (opens + 1 == open.length) {
      open = Arrays.copyOf(open, 2 * open.length);
    }
    open[++opens] = call;
  }

  OpenCall removeOutermost() {
    OpenCall outermost = open[1];
    opens--;
    System.arraycopy(open, 2, open, 1, opens);
    return outermost;
  }

  /** It called a leaf. */
  public void calls(OpenCall newLeaf) {
    leaf = newLeaf;
    leafSerial = newLeaf.serial;
  }

  /** It called a leaf of which nobody wants to know, and which returns then. */
  public void callsUnwanted(long exitNs) {
    passedLeafExitNs = exitNs;
  }

  /** When that leaf returns; {@link #NO_TIME} if there is none. Then it is forgotten. */
  public long takePassedLeaf() {
    long exitNs = passedLeafExitNs;
    passedLeafExitNs = NO_TIME;
    return exitNs;
  }

  /** The leaf it called last, if that is still to return; then it is forgotten. */
  public @Nullable OpenCall takeLeaf() {
    OpenCall latest = leaf;
    leaf = null;
    return latest != null && latest.serial == leafSerial ? latest : null;
  }
}
