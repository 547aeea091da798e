package dev.kretsim.trace.graph;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.Call;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.Knowledge;
import dev.kretsim.trace.pairing.OpenCall;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.pairing.TimeOrder;
import dev.kretsim.trace.text.Line;
import org.jspecify.annotations.Nullable;

/**
 * Pairs what function_graph shows. The indentation is the depth of the call in its task, so a call
 * whose return is missing is over when its task does anything at that depth or above.
 *
 * <p>Stamps are cut to their resolution, most often a microsecond, durations are not. So within
 * what a stamp leaves open, times are placed as durations tell: a task goes on when its leaf has
 * returned, and a call returns when its duration is over. How long a call took is what its duration
 * says, also where the stamps leave less room for it: an interrupt may have come between taking the
 * time and writing the stamp.
 */
public class GraphMatcher extends CallMatcher {
  /** How much less or more a line's depth may be for a moment, in the scheduler or an interrupt. */
  private static final int SLIP = 2;

  /** How much further apart than a call takes its stamps may lie, as where it was interrupted. */
  private static final long MOST_MORE_NS = 10_000;

  /** How much later than it returns a call's stamp may be written. */
  private static final long MOST_LATE_NS = 100_000;

  /** Of a task without a call. */
  static final int OUTSIDE = 0;

  private final Closers closers = new Closers();
  private final StampClock clock = new StampClock();
  private long leewayNs;

  private long asleep;

  /** Before so many calls lines were left out last. */
  private int leftOutBefore;

  public GraphMatcher(TimeOrder order, Knowledge before) {
    super(order, before);
  }

  /** Whether calls without a time can be paired; they are not here. */
  boolean wantsTime() {
    return true;
  }

  /** The task that a CPU ran at first, of which calls were told as a stand-in's, is known now. */
  void wasOnCpu(TaskState standIn, TaskState task) {
    // The next pass knows it from the start.
  }

  /** What the last digit of a stamp stands for, in ns. */
  public void setResolution(long ns) {
    leewayNs = ns - 1;
    order.setResolution(ns);
  }

  /** Lines were left out by hand: a call goes on across them only if its duration says so. */
  public void leaveOut() {
    leftOutBefore = calls();
  }

  /** The depth of the task's innermost call; less than any where there is none. */
  int innermost(TaskState task) {
    OpenCall top = task.top();
    return top == null ? OUTSIDE : top.indent;
  }

  /**
   * A line of a task, at a depth.
   *
   * <p>An entry is a name and an opening brace. A leaf, {@code f();}, is entry and return in one
   * line: the return counts at its own time, but never after the task's next line, and with that
   * where the trace tells no durations. Its depth may have slipped, so a call from about there on
   * is over only if no return of it follows, as a pass before this one may have found. A return is
   * the closing brace.
   *
   * <p>All in one method, which is too long to be compiled into the loop over a block's lines: that
   * would be compiled once more for each place, and a short trace waits for it.
   *
   * @param holdNs the duration it tells, or {@link Line#NONE}
   * @param function the function it names, or {@link Line#NONE}
   * @param context of an entry or leaf
   */
  void take(
      GraphTexts.Kind kind,
      long stampNs,
      long holdNs,
      TaskState task,
      int indent,
      int function,
      int context) {
    // The task goes on; a leaf that it called has returned.
    long timeNs = shifted(stampNs);
    long leafNs = task.takePassedLeaf();
    OpenCall leaf = leafNs == TaskState.NO_TIME ? task.takeLeaf() : null;
    if (leaf != null) {
      leafNs = order.exitNs(leaf);
      clock.compareLeaf(timeNs - leaf.entryNs, leafNs - leaf.entryNs, leewayNs);
    }
    long nowNs = order.advance(within(leafNs, timeNs), leewayNs);
    OpenCall top = task.top();
    if (leaf != null) {
      order.leaveByNow(leaf);
    } else if (top != null && top.isLeaf && leafNs == TaskState.NO_TIME) {
      order.leave(task.pop(), false);
    }
    if (kind != GraphTexts.Kind.RETURN) {
      boolean isLeaf = kind == GraphTexts.Kind.LEAF;
      if (task.opens() > 0) {
        if (isLeaf) {
          loseFrom(task, indent + SLIP + 1);
          loseKnownFrom(task, indent);
        } else {
          loseBeside(task, indent, context);
        }
      }
      closers.notAlone();
      task.leastIndent = Math.min(task.leastIndent, indent);
      if (isLeaf && holdNs != Line.NONE && passes(task, function, nowNs + holdNs)) {
        return;
      }
      OpenCall call = enter(task, function, context, nowNs);
      call.tellEnclosing();
      call.indent = indent;
      call.isLeaf = isLeaf && holdNs == Line.NONE;
      if (isLeaf && holdNs != Line.NONE) {
        call.took(holdNs);
        order.leaveAt(call, nowNs + holdNs);
        task.calls(call);
      } else {
        push(task, call);
      }
      return;
    }
    OpenCall slipped = slipped(task, indent, function);
    if (slipped == null) {
      loseFrom(task, indent + 1);
    }
    OpenCall call = task.top();
    if (call != null && (call.indent == indent || call == slipped)) {
      task.pop();
      boolean another =
          (function != Line.NONE && function != call.function)
              || (call.ordinal < leftOutBefore && !fits(call, timeNs, holdNs));
      if (!another) {
        leave(call, timeNs, holdNs);
        return;
      }
      lose(call);
    }
    if (function != Line.NONE) {
      if (holdNs != Line.NONE) {
        closers.add(new Closers.Closer(timeNs, holdNs, task, function));
      }
      boolean fromBefore = indent < task.leastIndent;
      unpaired(task, function, fromBefore, holdNs == Line.NONE ? Long.MIN_VALUE : timeNs - holdNs);
    }
    task.leastIndent = Math.min(task.leastIndent, indent);
  }

  /**
   * Whether a call can be one across lines that were left out: stamps may lie somewhat further
   * apart than it took, but not by as much as another call takes.
   */
  private boolean fits(OpenCall call, long timeNs, long holdNs) {
    long moreNs = timeNs - call.entryNs - holdNs;
    return holdNs != Line.NONE && moreNs <= leewayNs + MOST_MORE_NS + holdNs / 8;
  }

  /** A call is over, and its return is missing or was left out by hand. */
  @Override
  public void lose(OpenCall call) {
    if (call.ordinal < leftOutBefore) {
      cut(call);
    } else {
      super.lose(call);
    }
  }

  /** The time as a stamp shows it, or later, as far as its resolution leaves that open. */
  private long within(long wantedNs, long stampNs) {
    return Math.max(stampNs, Math.min(wantedNs, stampNs + leewayNs));
  }

  private void leave(OpenCall call, long timeNs, long holdNs) {
    if (holdNs != Line.NONE) {
      clock.compare(timeNs - call.entryNs, holdNs, leewayNs);
    }
    if (holdNs != Line.NONE && timeNs - call.entryNs - holdNs > leewayNs + MOST_LATE_NS) {
      asleep++;
    } else if (holdNs != Line.NONE) {
      call.took(holdNs);
      long overNs = call.entryNs + holdNs;
      if (overNs > timeNs && overNs - timeNs <= leewayNs) {
        order.advance(overNs, leewayNs);
      }
    }
    order.leave(call, false);
  }

  /**
   * The innermost call, if the brace names it and stands next to its depth, and none fits better.
   */
  private @Nullable OpenCall slipped(TaskState task, int indent, int function) {
    OpenCall top = task.top();
    if (top == null
        || function != top.function
        || top.indent == indent
        || Math.abs(top.indent - indent) > SLIP) {
      return null;
    }
    for (int i = 0; i < task.opens(); i++) {
      if (task.open(i).indent == indent && task.open(i).function == function) {
        return null;
      }
    }
    return top;
  }

  private void loseFrom(TaskState task, int indent) {
    for (OpenCall call = task.top(); call != null && call.indent >= indent; call = task.top()) {
      lose(task.pop());
    }
  }

  /**
   * A call is entered beside those at its depth, so these are over. But some kernels show what an
   * interrupt enters first at the depth of the call that it interrupted.
   */
  private void loseBeside(TaskState task, int indent, int context) {
    for (OpenCall call = task.top(); call != null && call.indent >= indent; call = task.top()) {
      if (call.indent == indent && context != Call.TASK_CONTEXT && call.context != context) {
        return;
      }
      lose(task.pop());
    }
  }

  private void loseKnownFrom(TaskState task, int indent) {
    for (OpenCall call = task.top();
        call != null && call.indent >= indent && isKnownLost(call);
        call = task.top()) {
      lose(task.pop());
    }
  }

  /**
   * How many calls return so much later than their durations say that these leave something out.
   */
  long asleep() {
    return asleep;
  }

  /** What the stamps are worth, as far as durations tell. */
  StampClock clock() {
    return clock;
  }

  /** Whether the trace has nothing but returns that tell how long their calls took. */
  boolean hasOnlyReturns() {
    return closers.areAlone();
  }

  @Override
  public void finish() {
    if (clock.countsNoTime()) {
      throw new BadInputException(
          "the stamps are no times, as by trace_clock counter or uptime: most calls took more than"
              + " twice as long by their durations; record again with: echo mono > trace_clock");
    }
    if (closers.areAlone()) {
      forgetReturns();
      for (Closers.Closer closer : closers.byEntry()) {
        long nowNs = order.advance(closer.entryNs());
        OpenCall call = enter(closer.task(), closer.function(), Call.TASK_CONTEXT, nowNs);
        call.took(closer.holdNs());
        order.leaveAt(call, closer.exitNs());
      }
    }
    super.finish();
  }
}
