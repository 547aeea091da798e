package dev.kretsim.pool;

import dev.kretsim.memory.Interleaving;
import dev.kretsim.memory.Schedules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;

/**
 * Runs a pool through random interleavings, access by access, and checks after each operation that
 * no instance is in two hands, at a miss of an exact pool that none was free all the while, and at
 * the end that none is lost.
 *
 * <p>Each CPU takes instances and gives them back oldest first: that is what brings ABA to light.
 */
final class RaceCheck {
  private static final int MOST_HELD = 2;

  private final boolean exact;
  private final InstancePool pool;
  private final int[] holder;
  private final List<Deque<Integer>> hands = new ArrayList<>();
  private final String where;
  private int held;

  // Taken, and not yet fully given back: at least this many instances cannot be had.
  private int unavailable;

  private RaceCheck(PoolUnderTest design, InstancePool pool, int cpus, String where) {
    this.exact = design.exact();
    this.pool = pool;
    this.holder = new int[pool.capacity()];
    this.where = where;
    for (int cpu = 0; cpu < cpus; cpu++) {
      hands.add(new ArrayDeque<>());
    }
  }

  /**
   * One schedule.
   *
   * @throws AssertionError if a promise is broken
   * @throws RuntimeException if the pool gets stuck or breaks down
   */
  static void run(PoolUnderTest design, int capacity, int cpus, int rounds, long seed) {
    Interleaving interleaving = new Interleaving();
    InstancePool pool = design.create(capacity, cpus, interleaving);
    String where = "%s capacity=%d cpus=%d seed=%d".formatted(design, capacity, cpus, seed);
    RaceCheck check = new RaceCheck(design, pool, cpus, where);
    List<Queue<Schedules.Operation>> work = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      work.add(check.workOf(cpu, rounds));
    }
    Schedules.run(interleaving, work, seed);
    check.finish();
  }

  private Queue<Schedules.Operation> workOf(int cpu, int rounds) {
    Queue<Schedules.Operation> work = Schedules.queue();
    for (int round = 0; round < rounds; round++) {
      work.add(new Schedules.Operation(() -> pool.pop(cpu), instance -> took(cpu, (int) instance)));
      if (round % MOST_HELD == MOST_HELD - 1) {
        for (int i = 0; i < MOST_HELD; i++) {
          addGivingBack(cpu, work);
        }
      }
    }
    for (int i = 0; i < MOST_HELD; i++) {
      addGivingBack(cpu, work);
    }
    return work;
  }

  /** Two operations: which instance to give back is known only when its turn comes. */
  private void addGivingBack(int cpu, Queue<Schedules.Operation> work) {
    int[] giving = {InstancePool.MISSED};
    work.add(new Schedules.Operation(() -> 0, ignored -> giving[0] = letGo(cpu)));
    work.add(
        new Schedules.Operation(
            () -> {
              if (giving[0] != InstancePool.MISSED) {
                pool.push(cpu, giving[0]);
              }
              return giving[0];
            },
            instance -> unavailable -= instance == InstancePool.MISSED ? 0 : 1));
  }

  private void took(int cpu, int instance) {
    if (instance == InstancePool.MISSED) {
      // Each CPU may have begun to give one back during the pop that missed, or just ended.
      if (exact && unavailable < pool.capacity() - hands.size()) {
        throw new AssertionError("missed with instances free: " + where);
      }
      return;
    }
    if (instance < 0 || instance >= holder.length) {
      throw new AssertionError("no such instance: " + instance + ": " + where);
    }
    if (holder[instance]++ != 0) {
      throw new AssertionError("instance in two hands: " + instance + ": " + where);
    }
    held++;
    unavailable++;
    hands.get(cpu).addLast(instance);
  }

  private int letGo(int cpu) {
    Integer oldest = hands.get(cpu).pollFirst();
    if (oldest == null) {
      return InstancePool.MISSED;
    }
    holder[oldest]--;
    held--;
    return oldest;
  }

  private void finish() {
    if (held != 0) {
      throw new AssertionError("the check itself is wrong: held=" + held + ": " + where);
    }
    int free = 0;
    for (boolean more = true; more; ) {
      int instance = pool.pop(0);
      more = instance != InstancePool.MISSED;
      if (more) {
        took(0, instance);
        free++;
      }
      if (free > pool.capacity()) {
        throw new AssertionError("more instances than there are: " + where);
      }
    }
    if (free != pool.capacity()) {
      throw new AssertionError("instances lost: free=" + free + ": " + where);
    }
  }
}
