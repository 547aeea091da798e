package dev.kretsim.trace.graph;

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
 */
public class GraphMatcher extends CallMatcher {
  public GraphMatcher(TimeOrder order, Knowledge before) {
    super(order, before);
  }

  /** Whether calls without a time can be paired; they are not here. */
  boolean wantsTime() {
    return true;
  }

  /** The line that opens a call: its name and an opening brace. */
  void entry(long timeNs, TaskState task, int indent, int function, int context) {
    OpenCall call = begin(timeNs, task, indent, function, context);
    push(task, call);
  }

  /**
   * {@code f();}: entry and return in one line. The return counts at its own time, but never after
   * the task's next line.
   */
  void leaf(long timeNs, long holdNs, TaskState task, int indent, int function, int context) {
    OpenCall call = begin(timeNs, task, indent, function, context);
    order.leaveAt(call, call.entryNs + holdNs);
    task.calls(call);
  }

  private OpenCall begin(long timeNs, TaskState task, int indent, int function, int context) {
    long nowNs = order.advance(timeNs);
    endLeaf(task);
    loseDeeperThan(task, indent - 1);
    task.leastIndent = Math.min(task.leastIndent, indent);
    OpenCall call = enter(task, function, context, nowNs);
    call.tellEnclosing();
    call.indent = indent;
    return call;
  }

  /**
   * The closing brace.
   *
   * @param holdNs the duration it tells, or {@link Line#NONE}
   * @param function the function it names, or {@link Line#NONE}
   */
  void exit(long timeNs, long holdNs, TaskState task, int indent, int function) {
    order.advance(timeNs);
    endLeaf(task);
    loseDeeperThan(task, indent);
    @Nullable OpenCall call = task.top();
    if (call != null && call.indent == indent) {
      task.pop();
      boolean another = function != Line.NONE && function != call.function;
      if (!another) {
        order.leave(call, false);
        return;
      }
      lose(call);
    }
    if (function != Line.NONE) {
      unpaired(task, function, indent < task.leastIndent);
    }
    task.leastIndent = Math.min(task.leastIndent, indent);
  }

  private void endLeaf(TaskState task) {
    OpenCall leaf = task.takeLeaf();
    if (leaf != null) {
      order.leaveByNow(leaf);
    }
  }

  private void loseDeeperThan(TaskState task, int indent) {
    for (OpenCall call = task.top(); call != null && call.indent > indent; call = task.top()) {
      lose(task.pop());
    }
  }
}
