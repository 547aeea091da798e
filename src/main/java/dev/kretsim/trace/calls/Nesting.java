package dev.kretsim.trace.calls;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** How deep the calls of a function are nested in their task. It keeps those that are inside. */
final class Nesting {
  private record Who(int task, int function) {}

  private record Inside(long exitNs, Who who) implements Comparable<Inside> {
    @Override
    public int compareTo(Inside other) {
      return Long.compare(exitNs, other.exitNs);
    }
  }

  private final PriorityQueue<Inside> inside = new PriorityQueue<>();
  private final Map<Who, Integer> depths = new HashMap<>();

  /** A call is entered, in order of time; tells its depth, from 1. */
  int enter(int task, int function, long nowNs, long exitNs) {
    for (Inside first = inside.peek();
        first != null && first.exitNs() <= nowNs;
        first = inside.peek()) {
      inside.remove();
      depths.computeIfPresent(first.who(), (who, depth) -> depth == 1 ? null : depth - 1);
    }
    Who who = new Who(task, function);
    if (exitNs != Long.MAX_VALUE) {
      inside.add(new Inside(exitNs, who));
    }
    return depths.merge(who, 1, Integer::sum);
  }
}
