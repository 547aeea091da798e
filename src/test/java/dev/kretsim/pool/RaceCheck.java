package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
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
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Runs a pool through random interleavings, access by access, and checks after each operation that
 * no instance is in two hands, and at the end that none is lost and interrupts are on. An exact
 * pool may miss only if at some moment of the pop the others may have had all instances: those
 * taken and not yet fully given back, and one for each of their pops under way.
 *
 * <p>Each CPU gives back oldest first, which is what brings ABA to light, and now and then what
 * another CPU took.
 */
final class RaceCheck {
  private static final int MOST_HELD = 2;

  private final boolean exact;
  private final CpuContexts cpus;
  private final InstancePool pool;
  private final int[] holder;
  private final List<Deque<Integer>> hands = new ArrayList<>();
  private final String where;

  // Taken, and not yet fully given back: up to so many instances cannot be had.
  private int unavailable;

  private int hits;

  // Pops under way, by CPU: the most instances that others may have had at once since it began.
  private final Map<Integer, Integer> popping = new HashMap<>();

  private RaceCheck(PoolUnderTest design, int capacity, int cpuCount, Interleaving interleaving) {
    this.exact = design.exact();
    this.cpus = new CpuContexts(cpuCount, interleaving);
    this.pool = design.create(capacity, cpus, interleaving);
    this.holder = new int[capacity];
    this.where = "%s capacity=%d cpus=%d".formatted(design, capacity, cpuCount);
    for (int cpu = 0; cpu < cpuCount; cpu++) {
      hands.add(new ArrayDeque<>());
    }
  }

  /**
   * One schedule of taking and giving back.
   *
   * @throws AssertionError if a promise is broken, or the pool gets stuck or breaks down
   */
  static void run(PoolUnderTest design, int capacity, int cpus, int rounds, long seed) {
    Interleaving interleaving = new Interleaving();
    RaceCheck check = new RaceCheck(design, capacity, cpus, interleaving);
    check.schedule(interleaving, seed, cpu -> check.workOf(cpu, rounds), 0);
  }

  /**
   * One schedule of taking alone, where even pools that are not exact have no excuse: with as many
   * pops as instances, spread over the CPUs at random, each must hit.
   *
   * @throws AssertionError as in {@link #run}
   */
  static void drain(PoolUnderTest design, int capacity, int cpus, long seed) {
    Interleaving interleaving = new Interleaving();
    RaceCheck check = new RaceCheck(design, capacity, cpus, interleaving);
    Random random = new Random(seed);
    int[] pops = new int[cpus];
    for (int i = 0; i < capacity; i++) {
      pops[random.nextInt(cpus)]++;
    }
    check.schedule(interleaving, seed, cpu -> check.popsOf(cpu, pops[cpu]), capacity);
  }

  private void schedule(
      Interleaving interleaving,
      long seed,
      IntFunction<Queue<Schedules.Operation>> work,
      int leastHits) {
    try {
      Schedules.run(interleaving, IntStream.range(0, hands.size()).mapToObj(work).toList(), seed);
      if (hits < leastHits) {
        throw new AssertionError("pops alone missed: hits=" + hits + " of " + leastHits);
      }
      finish(interleaving, seed);
    } catch (AssertionError breach) {
      throw new AssertionError(breach.getMessage() + ": " + where + " seed=" + seed, breach);
    } catch (RuntimeException stuckOrBroken) {
      throw new AssertionError(stuckOrBroken + ": " + where + " seed=" + seed, stuckOrBroken);
    }
  }

  private Queue<Schedules.Operation> popsOf(int cpu, int pops) {
    Queue<Schedules.Operation> work = Schedules.queue();
    for (int i = 0; i < pops; i++) {
      addPop(cpu, work);
    }
    return work;
  }

  private Queue<Schedules.Operation> workOf(int cpu, int rounds) {
    Queue<Schedules.Operation> work = Schedules.queue();
    for (int round = 0; round < rounds; round++) {
      addPop(cpu, work);
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

  private void addPop(int cpu, Queue<Schedules.Operation> work) {
    work.add(new Schedules.Operation(() -> 0, ignored -> begins(cpu)));
    work.add(new Schedules.Operation(() -> pool.pop(cpu), instance -> took(cpu, (int) instance)));
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
        throw new AssertionError("missed with instances free");
      }
      return;
    }
    if (instance < 0 || instance >= holder.length) {
      throw new AssertionError("no such instance: " + instance);
    }
    if (holder[instance]++ != 0) {
      throw new AssertionError("instance in two hands: " + instance);
    }
    unavailable++;
    hits++;
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
      throw new AssertionError("instances lost: left=" + left);
    }
    for (int cpu = 0; cpu < hands.size(); cpu++) {
      if (!cpus.irqsEnabled(cpu)) {
        throw new AssertionError("interrupts left off: cpu=" + cpu);
      }
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
