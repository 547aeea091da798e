package dev.kretsim.trace.calls;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** How deep the calls of a function are nested in their task. It keeps those that are inside. */
final class Nesting {
  private record Who(int task, int function) {}

  private record Inside(long exitNs, Who who, int depth) implements Comparable<Inside> {
    @Override
    public int compareTo(Inside other) {
      int byExit = Long.compare(exitNs, other.exitNs);
      return byExit != 0 ? byExit : Integer.compare(other.depth, depth);
    }
  }

  private final PriorityQueue<Inside> inside = new PriorityQueue<>();
  private final Map<Who, Integer> depths = new HashMap<>();
  private boolean crossed;

  /** A call is entered, in order of time; tells its depth, from 1. */
  int enter(int task, int function, long nowNs, long exitNs) {
    leaveUntil(nowNs);
    Who who = new Who(task, function);
    int depth = depths.merge(who, 1, Integer::sum);
    if (exitNs != Long.MAX_VALUE) {
      inside.add(new Inside(exitNs, who, depth));
    }
    return depth;
  }

  private void leaveUntil(long nowNs) {
    for (Inside first = inside.peek();
        first != null && first.exitNs() <= nowNs;
        first = inside.peek()) {
      inside.remove();
      Integer depth = depths.get(first.who());
      crossed |= depth != null && depth > first.depth();
      depths.computeIfPresent(first.who(), (who, now) -> now == 1 ? null : now - 1);
    }
  }

  /** Whether a call ended while one was inside that was entered after it in its task. */
  boolean anyCrossed() {
    leaveUntil(Long.MAX_VALUE);
    return crossed;
  }
}
