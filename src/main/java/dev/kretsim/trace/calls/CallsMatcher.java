package dev.kretsim.trace.calls;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.Knowledge;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.pairing.TimeOrder;
import dev.kretsim.trace.text.Line;

/** Calls that come whole, entry and return in one record: nothing to pair, only to order. */
public final class CallsMatcher extends CallMatcher {
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
    task.open.removeIf(open -> open.returned() && open.exitNs() <= nowNs);
    Call call = enter(task, function, Call.TASK_CONTEXT, nowNs);
    task.open.add(call);
    if (exitNs != Line.NONE) {
      order.leaveAt(call, exitNs);
    }
  }
}
