package dev.kretsim.trace.event;

import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.Knowledge;
import dev.kretsim.trace.pairing.OpenCall;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.pairing.TimeOrder;
import java.util.BitSet;

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
public final class EventMatcher extends CallMatcher {
  private final BitSet recursive = new BitSet();
  private final PoolSigns signs = new PoolSigns();
  private final BitSet losing = new BitSet();
  private final boolean firstPass;

  public EventMatcher(TimeOrder order, Knowledge before, boolean firstPass) {
    super(order, before);
    this.firstPass = firstPass;
    if (!firstPass) {
      learned.overAtReentry.or(before.overAtReentry);
    }
  }

  /**
   * A line of a task.
   *
   * <p>A return ends a call that was entered in the same context, if the trace tells that; only
   * where none is open, and not in a hard interrupt, another: the flags of older kernels also tell
   * disabled soft interrupts, which may change within a call.
   *
   * <p>All in one method, which is too long to be compiled into the loop over a block's lines: that
   * would be compiled once more for each place, and a short trace waits for it.
   *
   * @param event for a return, which of the function's return events shows it, as one bit
   * @return whether it told of an entry or return that was not known
   */
  boolean take(
      EventTexts.Kind kind,
      long timeNs,
      TaskState task,
      int function,
      long event,
      int context,
      boolean tellsContext) {
    boolean entry = kind == EventTexts.Kind.ENTRY;
    if (kind == EventTexts.Kind.IGNORED || (!entry && task.isShownAlready(function, event))) {
      return false;
    }
    long nowNs = order.advance(shifted(timeNs));
    if (entry || tellsContext) {
      endInterrupts(task, context);
    }
    if (entry) {
      task.justReturned = -1;
      task.enters(function);
      OpenCall earlier = task.innermost(function, context);
      if (earlier != null) {
        if (earlier.reenteredBy < 0) {
          earlier.reenteredBy = calls();
        }
        endIfOver(task, earlier);
      }
      OpenCall call = enter(task, function, context, nowNs);
      call.tellEnclosing();
      signs.enter(call);
      push(task, call);
      return true;
    }
    OpenCall call = tellsContext ? task.innermost(function, context) : null;
    if (call == null && !(tellsContext && EventPrefix.isHard(context))) {
      call = task.innermost(function);
    }
    if (call == null) {
      unpaired(task, function, !task.hasEntered(function), Long.MIN_VALUE);
      return true;
    }
    task.callsAtLastReturn = calls();
    if (task.top() != call) {
      int inner = task.opens();
      while (task.open(inner - 1) != call) {
        inner--;
      }
      learnFrom(task, inner, Integer.MAX_VALUE);
      loseFrom(task, inner);
    }
    task.pop();
    if (call.holdsNested()) {
      recursive.set(function);
    }
    signs.leave(call);
    order.leave(call, false);
    return true;
  }

  private void endIfOver(TaskState task, OpenCall earlier) {
    for (int i = task.opens() - 1; i >= 0; i--) {
      OpenCall call = task.open(i);
      if (!before.overAtReentry.get(call.ordinal)) {
        return;
      }
      if (call == earlier) {
        loseFrom(task, i);
        return;
      }
    }
  }

  /** Interrupt handlers end before the code goes on that they interrupted. */
  private void endInterrupts(TaskState task, int context) {
    if (EventPrefix.isHard(context)) {
      return;
    }
    for (OpenCall top = task.top();
        top != null && EventPrefix.isHard(top.context);
        top = task.top()) {
      lose(task.pop());
    }
  }

  @Override
  public void lose(OpenCall call) {
    signs.leave(call);
    losing.set(call.function);
    super.lose(call);
  }

  /**
   * The likely size of the pool that the trace was taken with, where the calls that never return
   * hint at a small one; else 0. Where calls are lost besides, that is sign enough.
   */
  int likelyPool(int function) {
    return losing.get(function) ? 0 : signs.likelySize(function);
  }

  /** The calls of a function that have not returned. */
  int withoutReturn(int function) {
    return signs.withoutReturn(function);
  }

  private void loseFrom(TaskState task, int position) {
    while (task.opens() > position) {
      lose(task.pop());
    }
  }

  @Override
  protected void cut(OpenCall call) {
    signs.leave(call);
    super.cut(call);
  }

  @Override
  protected void endRecording() {
    learnFromAll();
    super.endRecording();
  }

  private void learnFromAll() {
    for (TaskState task : tasks()) {
      learnFrom(task, 0, task.callsAtLastReturn);
    }
  }

  @Override
  public void finish() {
    learnFromAll();
    super.finish();
  }

  /**
   * Notes which of some calls that never return were over at a later entry: those that were
   * re-entered, and what is inside them.
   *
   * @param from the outermost of them, by its number among the open calls
   * @param suffix the ordinal from which on recursive calls may still be open
   */
  private void learnFrom(TaskState task, int from, int suffix) {
    if (!firstPass) {
      return;
    }
    int overBefore = -1;
    for (int i = from; i < task.opens(); i++) {
      OpenCall call = task.open(i);
      boolean stillInside = recursive.get(call.function) && call.ordinal >= suffix;
      if (!stillInside) {
        overBefore = Math.max(overBefore, call.reenteredBy);
      }
      if (call.ordinal < overBefore) {
        learned.overAtReentry.set(call.ordinal);
      }
    }
  }
}
