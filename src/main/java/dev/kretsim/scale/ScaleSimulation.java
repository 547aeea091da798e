package dev.kretsim.scale;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pool's own code on a machine with more cores than this one: every access of every core is
 * made in the order of simulated time, and costs what the state of its cache line makes it cost.
 *
 * <p>Seeded jitter of 10 % on the work between operations keeps cores from falling into lock-step.
 */
public final class ScaleSimulation {
  /** Operations for each core, all in all, before counting starts and then while it goes on. */
  private static final int WARM_UP = 50;

  private static final int COUNTED = 200;
  private static final double JITTER = 0.1;
  private static final double NS_PER_SECOND = 1e9;

  /**
   * What a pool reaches with a number of threads.
   *
   * @param opsPerSecond pops with their pushes, over all threads; a miss counts as one
   * @param missedRatio of all pops
   * @param failuresPerOp exchanges that found another value than they expected
   * @param fairness Jain's index of the threads' speeds: 1 if all are equal
   */
  public record Point(
      PoolDesign pool,
      int threads,
      double opsPerSecond,
      double missedRatio,
      double failuresPerOp,
      double fairness) {}

  private record Event(double time, int core) {}

  private final MachineModel machine;
  private final Interleaving interleaving = new Interleaving();
  private final InstancePool pool;
  private final PoolDesign kind;
  private final double workNs;
  private final Random random;
  private final Map<Long, CacheLine> lines = new HashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::time).thenComparingInt(Event::core));
  private final Core[] cores;
  private long allOps;
  private double countingFrom;
  private double countedUntil;

  private ScaleSimulation(
      MachineModel machine, PoolDesign kind, int threads, int maxactive, double workNs, long seed) {
    this.machine = machine;
    this.kind = kind;
    this.workNs = workNs;
    this.random = new Random(seed);
    this.pool =
        kind.create(
            new PoolSpec(
                maxactive,
                new CpuContexts(threads, interleaving),
                interleaving,
                LockDesigns.QUEUED));
    this.cores = new Core[threads];
    for (int core = 0; core < threads; core++) {
      cores[core] = new Core(core);
    }
  }

  /**
   * Simulates pop, work, push in a loop on {@code threads} cores.
   *
   * @param workNs between a pop and its push, and again before the next pop
   * @throws IllegalArgumentException if the machine has fewer cores, or the pool keeps state
   *     outside the simulated memory
   */
  public static Point run(
      MachineModel machine, PoolDesign kind, int threads, int maxactive, double workNs, long seed) {
    if (threads < 1 || threads > machine.cores()) {
      throw new IllegalArgumentException(
          "threads must be in [1, %d]: threads=%d".formatted(machine.cores(), threads));
    }
    if (kind.realMemoryOnly()) {
      throw new IllegalArgumentException("mpmc runs on real memory only: pool=mpmc");
    }
    return new ScaleSimulation(machine, kind, threads, maxactive, workNs, seed).run();
  }

  private Point run() {
    for (Core core : cores) {
      events.add(new Event(work(), core.id));
    }
    // Counted over all cores: where a pool starves one, the others must not go on for ever.
    long enough = (long) cores.length * (WARM_UP + COUNTED);
    while (allOps < enough) {
      Event event = events.remove();
      cores[event.core()].proceed(event.time());
    }
    double sum = 0;
    double squares = 0;
    long missed = 0;
    long failures = 0;
    for (Core core : cores) {
      sum += core.countedOps;
      squares += (double) core.countedOps * core.countedOps;
      missed += core.missed;
      failures += core.failures;
    }
    return new Point(
        kind,
        cores.length,
        sum * NS_PER_SECOND / (countedUntil - countingFrom),
        missed / sum,
        failures / sum,
        sum * sum / (cores.length * squares));
  }

  private double work() {
    return workNs * (1 - JITTER + 2 * JITTER * random.nextDouble());
  }

  private CacheLine lineOf(Interleaving.Strand strand) {
    return lines.computeIfAbsent(strand.line(), line -> new CacheLine(machine));
  }

  /** One core: in the middle of an operation, or at work between two. */
  private final class Core {
    private final int id;
    private Interleaving.@Nullable Strand strand;
    private boolean reached;
    private int held = InstancePool.MISSED;
    private long countedOps;
    private long missed;
    private long failures;

    Core(int id) {
      this.id = id;
    }

    void proceed(double now) {
      Interleaving.Strand current = strand;
      if (current == null) {
        start();
        events.add(new Event(now, id));
      } else if (current.finished()) {
        finish(current, now);
      } else if (!reached) {
        reached = true;
        events.add(
            new Event(
                lineOf(current).reach(id, now, current.next().writes(), current.next().atomic()),
                id));
      } else {
        access(current, now);
      }
    }

    private void start() {
      int instance = held;
      strand =
          instance == InstancePool.MISSED
              ? interleaving.start(() -> pool.pop(id))
              : interleaving.start(
                  () -> {
                    pool.push(id, instance);
                    return InstancePool.MISSED;
                  });
    }

    private void access(Interleaving.Strand current, double now) {
      reached = false;
      if (!current.runnable()) {
        lineOf(current).await(id);
        return;
      }
      failures += counts() && current.wouldFail() ? 1 : 0;
      boolean writes = current.next().writes();
      CacheLine line = lineOf(current);
      current.step();
      events.add(new Event(now, id));
      if (writes) {
        List<Integer> woken = line.wakeAll();
        woken.forEach(core -> events.add(new Event(now, core)));
      }
    }

    private boolean counts() {
      return allOps >= (long) cores.length * WARM_UP;
    }

    private void finish(Interleaving.Strand finished, double now) {
      strand = null;
      boolean popped = held == InstancePool.MISSED;
      held = (int) finished.result();
      if (popped && held == InstancePool.MISSED && counts()) {
        missed++;
      }
      if (held == InstancePool.MISSED) {
        count(now);
      }
      events.add(new Event(now + work(), id));
    }

    private void count(double now) {
      if (counts()) {
        countedOps++;
        countedUntil = now;
      } else {
        countingFrom = now;
      }
      allOps++;
    }
  }
}
