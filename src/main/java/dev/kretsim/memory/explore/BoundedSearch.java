package dev.kretsim.memory.explore;

import dev.kretsim.memory.interleave.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every schedule in which a CPU that could go on is stopped at most so many times. Most races need
 * one or two stops.
 *
 * <p>Stopping a CPU before it touches a word that is its alone is the same as stopping it later: so
 * that is not done. Which words those are is found out on the way; at each that turns out to be
 * shared, the search begins again.
 *
 * <p><b>Source.</b> Musuvathi and Qadeer, Iterative context bounding, PLDI 2007.
 */
final class BoundedSearch implements Search {
  private final int bound;
  private final Map<Long, Integer> users = new HashMap<>();
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> untried = new ArrayList<>();
  private boolean begun;
  private boolean outdated;
  private int depth;
  private int last;
  private int stops;

  BoundedSearch(int bound) {
    this.bound = bound;
  }

  /** Whether what was counted up to now does not count, as it began again. */
  boolean beganAgain() {
    return outdated;
  }

  @Override
  public boolean more() {
    boolean first = !begun || outdated;
    begun = true;
    depth = 0;
    last = 0;
    stops = 0;
    if (outdated) {
      outdated = false;
      choices.clear();
      untried.clear();
    }
    return first || branch();
  }

  private boolean branch() {
    int at = choices.size() - 1;
    while (at >= 0 && untried.get(at) == 0) {
      choices.remove(at);
      untried.remove(at);
      at--;
    }
    if (at < 0) {
      return false;
    }
    int cpu = Integer.numberOfTrailingZeros(untried.get(at));
    choices.set(at, cpu);
    untried.set(at, untried.get(at) & ~(1 << cpu));
    return true;
  }

  @Override
  public int choose(Execution execution, int able) {
    boolean couldGoOn = (able & 1 << last) != 0;
    if (depth == choices.size()) {
      boolean free = depth == 0 || !couldGoOn || stops < bound && isShared(execution.next(last));
      int cpu = couldGoOn ? last : Integer.numberOfTrailingZeros(able);
      choices.add(cpu);
      untried.add(free ? able & ~(1 << cpu) : 0);
    }
    int cpu = choices.get(depth++);
    if (couldGoOn && cpu != last && depth > 1) {
      stops++;
    }
    last = cpu;
    note(cpu, execution.next(cpu));
    return cpu;
  }

  private boolean isShared(@Nullable Access access) {
    return access == null
        || !access.touchesMemory()
        || Integer.bitCount(users.getOrDefault(access.place(), 0)) > 1;
  }

  private void note(int cpu, @Nullable Access access) {
    if (access != null && access.touchesMemory()) {
      int before = users.getOrDefault(access.place(), 0);
      int now = before | 1 << cpu;
      users.put(access.place(), now);
      outdated |= Integer.bitCount(before) == 1 && now != before;
    }
  }
}
