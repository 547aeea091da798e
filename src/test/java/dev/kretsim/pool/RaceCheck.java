package dev.kretsim.pool;

import dev.kretsim.memory.Interleaving;
import dev.kretsim.memory.Schedules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * Runs a pool through random interleavings, access by access, and checks after each operation that
 * no instance is in two hands, and at the end that none is lost. An exact pool may miss only if at
 * some moment of the pop the others may have had all instances: those taken and not yet fully given
 * back, and one for each of their pops under way.
 *
 * <p>Each CPU gives back oldest first, which is what brings ABA to light, and now and then what
 * another CPU took.
 */
final class RaceCheck {
  private static final int MOST_HELD = 2;

  private final boolean exact;
  private final InstancePool pool;
  private final int[] holder;
  private final List<Deque<Integer>> hands = new ArrayList<>();
  private final String where;

  // Taken, and not yet fully given back: up to so many instances cannot be had.
  private int unavailable;

  // Pops under way, by CPU: the most instances that others may have had at once since it began.
  private final Map<Integer, Integer> popping = new HashMap<>();

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
   * @throws AssertionError if a promise is broken, or the pool gets stuck or breaks down
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
    try {
      Schedules.run(interleaving, work, seed);
      check.finish(interleaving, seed);
    } catch (RuntimeException stuckOrBroken) {
      throw new AssertionError(stuckOrBroken + ": " + where, stuckOrBroken);
    }
  }

  private Queue<Schedules.Operation> workOf(int cpu, int rounds) {
    Queue<Schedules.Operation> work = Schedules.queue();
    for (int round = 0; round < rounds; round++) {
      work.add(new Schedules.Operation(() -> 0, ignored -> begins(cpu)));
      work.add(new Schedules.Operation(() -> pool.pop(cpu), instance -> took(cpu, (int) instance)));
      if (round % MOST_HELD == MOST_HELD - 1) {
        addGivingBack(cpu, cpu, work);
        addGivingBack(cpu, (cpu + round) % hands.size(), work);
      }
    }
    for (int i = 0; i < MOST_HELD; i++) {
      addGivingBack(cpu, cpu, work);
    }
    return work;
  }

  /**
   * Two operations: which instance to give back is known only when its turn comes.
   *
   * @param taker the CPU that took it; another than {@code cpu} if its task has moved since
   */
  private void addGivingBack(int cpu, int taker, Queue<Schedules.Operation> work) {
    int[] giving = {InstancePool.MISSED};
    work.add(new Schedules.Operation(() -> 0, ignored -> giving[0] = letGo(taker)));
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

  /** Every pop under way may have its instance already, and this is one more. */
  private void begins(int cpu) {
    popping.put(cpu, 0);
    int others = unavailable + popping.size() - 1;
    popping.replaceAll((popper, most) -> Math.max(most, others));
  }

  private void took(int cpu, int instance) {
    int hadByOthers = Objects.requireNonNull(popping.remove(cpu));
    if (instance == InstancePool.MISSED) {
      if (exact && hadByOthers < pool.capacity()) {
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
    unavailable++;
    hands.get(cpu).addLast(instance);
  }

  private int letGo(int taker) {
    Integer oldest = hands.get(taker).pollFirst();
    if (oldest == null) {
      return InstancePool.MISSED;
    }
    holder[oldest]--;
    return oldest;
  }

  /** With everybody gone: each instance can be taken, once. */
  private void finish(Interleaving interleaving, long seed) {
    Queue<Schedules.Operation> last = Schedules.queue();
    for (int cpu = 0; cpu < hands.size(); cpu++) {
      for (int i = 0; i < hands.get(cpu).size(); i++) {
        addGivingBack(cpu, cpu, last);
      }
    }
    addDraining(last);
    Schedules.run(interleaving, List.of(last), seed);
    int left = hands.get(0).size();
    if (left != pool.capacity()) {
      throw new AssertionError("instances lost: left=" + left + ": " + where);
    }
  }

  private void addDraining(Queue<Schedules.Operation> work) {
    work.add(new Schedules.Operation(() -> 0, ignored -> begins(0)));
    work.add(
        new Schedules.Operation(
            () -> pool.pop(0),
            instance -> {
              took(0, (int) instance);
              if (instance != InstancePool.MISSED) {
                addDraining(work);
              }
            }));
  }
}
