package dev.kretsim.trace;

/** Calls that come whole, entry and return in one record: nothing to pair, only to order. */
final class CallsMatcher extends Matcher {
  CallsMatcher(TimeOrder order, Knowledge before) {
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
