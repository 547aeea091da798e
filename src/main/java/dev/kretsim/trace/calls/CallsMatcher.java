package dev.kretsim.trace.calls;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.Knowledge;
import dev.kretsim.trace.pairing.OpenCall;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.pairing.TimeOrder;
import dev.kretsim.trace.text.Line;

/** Calls that come whole, entry and return in one record: nothing to pair, only to order. */
public final class CallsMatcher extends CallMatcher {
  private final Nesting nesting = new Nesting();

  public CallsMatcher(TimeOrder order, Knowledge before) {
    super(order, before);
  }

  /**
   * The next call in order of entry.
   *
   * @param exitNs when it returned, not before {@code entryNs}; {@link Line#NONE} if it never did
   */
  void call(long entryNs, long exitNs, TaskState task, int function) {
    long nowNs = order.advance(entryNs);
    int depth =
        nesting.enter(
            task.number(), function, nowNs, exitNs == Line.NONE ? Long.MAX_VALUE : exitNs);
    OpenCall call = enter(task, function, Call.TASK_CONTEXT, nowNs, depth, null);
    if (exitNs != Line.NONE) {
      order.leaveAt(call, exitNs);
    }
  }

  /** Whether a call ends while one is inside that was entered after it in the same task. */
  boolean anyCrossed() {
    return nesting.anyCrossed();
  }
}
