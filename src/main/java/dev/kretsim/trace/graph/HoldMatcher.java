package dev.kretsim.trace.graph;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.histogram.HoldCounts;
import dev.kretsim.trace.pairing.Knowledge;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.pairing.TimeOrder;
import dev.kretsim.trace.text.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects how long the calls of a function_graph trace took that does not tell when they came. */
public final class HoldMatcher extends GraphMatcher {
  private record Open(int function, int indent, int context) {}

  private final Map<TaskState, Deque<Open>> open = new HashMap<>();
  private final List<@Nullable HoldCounts> holds = new ArrayList<>();
  private boolean sawEntry;

  public HoldMatcher() {
    super(new TimeOrder(), new Knowledge());
  }

  @Override
  boolean wantsTime() {
    return false;
  }

  @Override
  void wasOnCpu(TaskState standIn, TaskState task) {
    Deque<Open> calls = stack(standIn);
    while (!calls.isEmpty()) {
      stack(task).push(calls.removeLast());
    }
  }

  @Override
  int innermost(TaskState task) {
    @Nullable Open top = stack(task).peek();
    return top == null ? OUTSIDE : top.indent();
  }

  @Override
  void take(
      GraphTexts.Kind kind,
      long stampNs,
      long holdNs,
      TaskState task,
      int indent,
      int function,
      int context) {
    Deque<Open> stack = stack(task);
    switch (kind) {
      case ENTRY -> {
        sawEntry = true;
        dropBeside(stack, indent, context);
        stack.push(new Open(function, indent, context));
      }
      case LEAF -> {
        sawEntry = true;
        if (holdNs != Line.NONE) {
          count(function, holdNs);
        }
      }
      default -> exit(stack, holdNs, indent, function);
    }
  }

  @Override
  boolean hasOnlyReturns() {
    return !sawEntry;
  }

  private void exit(Deque<Open> stack, long holdNs, int indent, int function) {
    drop(stack, indent);
    @Nullable Open top = stack.peek();
    int named = function;
    if (top != null && top.indent() == indent) {
      stack.pop();
      named = function == Line.NONE ? top.function() : function;
    }
    if (named != Line.NONE && holdNs != Line.NONE) {
      count(named, holdNs);
    }
  }

  private Deque<Open> stack(TaskState task) {
    return open.computeIfAbsent(task, key -> new ArrayDeque<>());
  }

  /** As where times are told: what an interrupt enters first may stand at its caller's depth. */
  private static void dropBeside(Deque<Open> stack, int indent, int context) {
    drop(stack, indent);
    @Nullable Open top = stack.peek();
    boolean interrupted = context != Call.TASK_CONTEXT && top != null && top.context() != context;
    if (!interrupted) {
      drop(stack, indent - 1);
    }
  }

  private static void drop(Deque<Open> stack, int indent) {
    while (!stack.isEmpty() && stack.peek().indent() > indent) {
      stack.pop();
    }
  }

  private void count(int function, long holdNs) {
    while (holds.size() <= function) {
      holds.add(null);
    }
    HoldCounts counts = holds.get(function);
    if (counts == null) {
      counts = new HoldCounts();
      holds.set(function, counts);
    }
    counts.add(holdNs);
  }

  /** What was collected of a function; null if nothing. */
  public @Nullable HoldCounts of(int function) {
    return function < holds.size() ? holds.get(function) : null;
  }
}
