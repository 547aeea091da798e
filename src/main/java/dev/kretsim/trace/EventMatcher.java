package dev.kretsim.trace;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Pairs kprobe events. They show who entered and left which function, but not at what depth.
 *
 * <p>The rules: a return belongs to the innermost open call of that function in that task. Calls
 * that the task opened inside the one which returns are over: their returns are lost. An entry of a
 * function in which the task seems to be already is recursion if the trace shows a return for each
 * of both, the inner one's first; otherwise the return of the earlier call is lost, and it was over
 * at the second entry. Only the whole trace tells which: one pass finds the calls without a return,
 * the next ends them there. At the very end of the trace, entries after the task's last return stay
 * open if the function was seen to recurse.
 */
final class EventMatcher extends Matcher {
  private final BitSet recursive = new BitSet();
  private final boolean firstPass;

  EventMatcher(TimeOrder order, Knowledge before, boolean firstPass) {
    super(order, before);
    this.firstPass = firstPass;
    if (!firstPass) {
      learned.overAtReentry.or(before.overAtReentry);
    }
  }

  void entry(long timeNs, TaskState task, int function, int context) {
    long nowNs = order.advance(timeNs);
    Call earlier = task.innermost(function, context);
    if (earlier != null) {
      earlier.reentered = true;
      endIfOver(task, earlier);
    }
    Call call = enter(task, function, context, nowNs);
    call.tellEnclosing();
    push(task, call);
  }

  private void endIfOver(TaskState task, Call earlier) {
    for (int i = task.open.size() - 1; i >= 0; i--) {
      Call call = task.open.get(i);
      if (!before.overAtReentry.get(call.ordinal())) {
        return;
      }
      if (call == earlier) {
        loseFrom(task, i);
        return;
      }
    }
  }

  void exit(long timeNs, TaskState task, int function) {
    order.advance(timeNs);
    @Nullable Call call = task.innermost(function);
    if (call == null) {
      unpaired(task, function, !task.entered.get(function));
      return;
    }
    task.callsAtLastReturn = calls();
    loseFrom(task, task.open.lastIndexOf(call) + 1);
    task.pop();
    if (call.holdsNested()) {
      recursive.set(function);
    }
    order.leave(call, false);
  }

  private void loseFrom(TaskState task, int position) {
    while (task.open.size() > position) {
      lose(task.pop());
    }
  }

  @Override
  void finish() {
    if (firstPass) {
      for (TaskState task : tasks()) {
        for (Call call : task.open) {
          boolean stillInside =
              recursive.get(call.function()) && call.ordinal() >= task.callsAtLastReturn;
          if (call.reentered && !stillInside) {
            learned.overAtReentry.set(call.ordinal());
          }
        }
      }
    }
    super.finish();
  }
}
