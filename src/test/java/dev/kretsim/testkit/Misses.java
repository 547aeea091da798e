package dev.kretsim.testkit;

import dev.kretsim.pool.InstancePool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which misses are wrong, told from what ended before what began. Times are counted in beginnings
 * and ends.
 *
 * <p>An exact pool may miss only if at some moment of the pop all instances may have been gone:
 * each from the beginning of the pop that took it to the end of the push that gave it back. The
 * others may also miss while anybody is giving back, or is in an operation during which somebody
 * gave back: then it may be up to them to put the instance on the list.
 */
public final class Misses {
  private record Span(int from, int to) {
    boolean meets(Span other) {
      return from < other.to && other.from < to;
    }
  }

  private final boolean exact;
  private final int capacity;
  private int now;
  private final Map<Integer, Integer> began = new HashMap<>();
  private final Map<Integer, Integer> takenAt = new HashMap<>();
  private final List<Span> pops = new ArrayList<>();
  private final List<Span> pushes = new ArrayList<>();
  private final List<Span> gone = new ArrayList<>();
  private final List<Span> missed = new ArrayList<>();

  Misses(boolean exact, int capacity) {
    this.exact = exact;
    this.capacity = capacity;
  }

  void begins(int cpu) {
    began.put(cpu, now++);
  }

  void endsPop(int cpu, int instance) {
    Span span = ends(cpu);
    pops.add(span);
    if (instance == InstancePool.MISSED) {
      missed.add(span);
    } else {
      takenAt.put(instance, span.from());
    }
  }

  void endsPush(int cpu, int instance) {
    Span span = ends(cpu);
    pushes.add(span);
    Integer taken = takenAt.remove(instance);
    gone.add(new Span(taken == null ? 0 : taken, span.to()));
  }

  private Span ends(int cpu) {
    Integer from = began.remove(cpu);
    return new Span(from == null ? 0 : from, now++);
  }

  /**
   * To be called when all is done.
   *
   * @throws AssertionError if a miss was wrong
   */
  void judge() {
    takenAt.values().forEach(from -> gone.add(new Span(from, Integer.MAX_VALUE)));
    for (Span pop : missed) {
      if (mostGoneDuring(pop) < capacity && (exact || !mayWaitForAPush(pop))) {
        throw new AssertionError("missed with instances free");
      }
    }
  }

  private boolean mayWaitForAPush(Span pop) {
    return pushes.stream().anyMatch(pop::meets)
        || pops.stream()
            .filter(pop::meets)
            .anyMatch(other -> pushes.stream().anyMatch(other::meets));
  }

  /** The most that were gone at once: that moment is the pop's beginning or that of one of them. */
  private long mostGoneDuring(Span pop) {
    long most = goneAt(pop.from());
    for (Span other : gone) {
      if (other.from() > pop.from() && other.from() < pop.to()) {
        most = Math.max(most, goneAt(other.from()));
      }
    }
    return most;
  }

  private long goneAt(int moment) {
    return gone.stream().filter(span -> span.from() <= moment && moment < span.to()).count();
  }
}
