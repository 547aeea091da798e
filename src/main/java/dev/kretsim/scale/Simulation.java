package dev.kretsim.scale;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pool's own code on a machine with more cores than this one: every access of every thread
 * is made in the order of simulated time, and costs what the state of its cache line makes it cost.
 */
public final class Simulation {
  private static final double WORK_VARIES = 0.1;
  private static final double PS_PER_SECOND = 1e12;
  private static final double PS_PER_NS = 1e3;
  private static final int IDS_PER_WORD = 2;

  /** Batches of operations: some are cut as warm-up, then until the speed is known well enough. */
  private static final int WARM_UP = 3;

  private static final int LEAST_BATCHES = 8;
  private static final int MOST_BATCHES = 24;
  private static final int LEAST_BATCH = 200;
  private static final int ROUNDS_PER_BATCH = 3;
  private static final double ENOUGH = 0.01;
  private static final double NORMAL_95 = 1.96;

  /**
   * What to simulate.
   *
   * @param maxactive instances in the pool
   * @param lock for pools that have one
   */
  public record Setup(
      Machine machine,
      PoolDesign pool,
      LockDesign lock,
      int threads,
      Placement placement,
      int maxactive,
      Workload workload,
      long seed) {}

  private final Setup setup;
  private final Workload workload;
  private final EventQueue events = new EventQueue();
  private final Coherence coherence;
  private final InstancePool pool;
  private final @Nullable Memory items;
  private final int firstItem;
  private final Processor[] processors;
  private long ops;

  private Simulation(Setup setup) {
    this.setup = setup;
    this.workload = setup.workload();
    Machine machine = setup.machine();
    List<Integer> cpus = setup.placement().cpus(machine, setup.threads());
    SplittableRandom seeds = new SplittableRandom(setup.seed());
    int count = cpus.size();
    coherence = new Coherence(machine, workload, events, count, seeds.split());
    pool =
        setup
            .pool()
            .create(
                new PoolSpec(
                    setup.maxactive(),
                    new CpuContexts(machine.cpus(), coherence),
                    coherence,
                    setup.lock()));
    Layout layout = new Layout();
    firstItem = layout.reserve("items", setup.maxactive() / IDS_PER_WORD + 1);
    items = workload.itemArray() ? coherence.create(layout) : null;
    processors = new Processor[count];
    Processor[] onCore = new Processor[machine.cores()];
    for (int id = 0; id < count; id++) {
      int core = cpus.get(id) % machine.cores();
      Processor processor = new Processor(id, cpus.get(id), core, workload.bulk(), seeds.split());
      Processor sibling = onCore[core];
      processor.sibling = sibling;
      if (sibling != null) {
        sibling.sibling = processor;
      }
      onCore[core] = processor;
      processors[id] = processor;
    }
  }

  /**
   * Simulates one point.
   *
   * @throws IllegalArgumentException if there are no threads or more than CPUs, the pool refuses
   *     its capacity, or it keeps state outside of the simulated memory
   */
  public static Point run(Setup setup) {
    int cpus = setup.machine().cpus();
    if (setup.threads() < 1 || setup.threads() > cpus) {
      throw new IllegalArgumentException(
          "threads must be in [1, %d]: threads=%d".formatted(cpus, setup.threads()));
    }
    if (setup.pool().realMemoryOnly()) {
      throw new IllegalArgumentException(
          "%s runs on real memory only".formatted(setup.pool().name()));
    }
    return new Simulation(setup).run();
  }

  private Point run() {
    for (Processor processor : processors) {
      processor.clock = processor.vary(workload.before() + workload.after(), 1);
      events.add(processor.clock, processor.id);
    }
    int batch = Math.max(LEAST_BATCH, ROUNDS_PER_BATCH * processors.length) * workload.bulk();
    List<Double> speeds = new ArrayList<>();
    long from = 0;
    long warm = 0;
    for (int batches = 0; batches < WARM_UP + MOST_BATCHES && !known(speeds); batches++) {
      long until = ops + batch;
      long now = from;
      while (ops < until) {
        now = events.earliest();
        next(now);
      }
      if (batches == WARM_UP - 1) {
        warm = now;
        forget();
      } else if (batches >= WARM_UP) {
        speeds.add((double) (now - from) / batch);
      }
      from = now;
    }
    return point(from - warm);
  }

  /** Whether the mean time of an operation is known to 1 % with 95 % confidence. */
  private static boolean known(List<Double> batches) {
    int count = batches.size();
    if (count < LEAST_BATCHES) {
      return false;
    }
    double mean = batches.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = batches.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return NORMAL_95 * Math.sqrt(squares / (count - 1) / count) < ENOUGH * mean;
  }

  private void forget() {
    for (Processor processor : processors) {
      processor.ops = 0;
      processor.misses = 0;
      processor.failures = 0;
      processor.longest = 0;
    }
    for (Line line : coherence.lines()) {
      line.stalled = 0;
      line.transfers = 0;
    }
  }

  private void next(long now) {
    int who = events.first();
    events.removeFirst();
    int count = processors.length;
    if (who >= 2 * count) {
      coherence.alarm(who - 2 * count, now);
    } else if (who >= count) {
      coherence.drained(processors[who - count], now);
    } else {
      proceed(processors[who], now);
    }
  }

  private void proceed(Processor by, long now) {
    by.clock = now;
    by.stalled = false;
    Interleaving.Strand strand = by.strand;
    if (strand == null) {
      strand =
          coherence.interleaving.start(() -> operate(by), access -> coherence.passes(by, access));
      by.strand = strand;
    } else {
      coherence.arrived(by, strand.next());
      if (coherence.passes(by, strand.next())) {
        strand.step();
      }
    }
    if (strand.finished()) {
      finish(by, (int) strand.result());
    } else {
      coherence.block(by, strand.next());
    }
  }

  /** One pop or push with what is accessed around it; has no other effect and may be run again. */
  private long operate(Processor by) {
    int bulk = workload.bulk();
    if (by.step >= bulk) {
      int instance = by.held[by.step - bulk];
      touchItem(instance);
      pool.push(by.cpu, instance);
      return instance;
    }
    Memory head = coherence.headMemory;
    if (workload.handlerFields() && head != null) {
      head.getOpaque(coherence.headWord);
    }
    int instance = pool.pop(by.cpu);
    touchItem(instance);
    return instance;
  }

  private void touchItem(int instance) {
    if (items != null && instance != InstancePool.MISSED) {
      items.setOpaque(firstItem + instance / IDS_PER_WORD, instance);
    }
  }

  private void finish(Processor by, int instance) {
    int bulk = workload.bulk();
    by.strand = null;
    long work = 0;
    if (by.step < bulk) {
      by.held[by.step] = instance;
      by.misses += instance == InstancePool.MISSED ? 1 : 0;
    }
    by.step++;
    if (by.step == bulk) {
      work += workload.inside();
    }
    while (by.step >= bulk
        && by.step < 2 * bulk
        && by.held[by.step - bulk] == InstancePool.MISSED) {
      by.step++;
    }
    if (by.step == 2 * bulk) {
      work += workload.after() + workload.before();
      by.step = 0;
      by.ops += bulk;
      ops += bulk;
      by.longest = Math.max(by.longest, by.clock - by.begun);
      by.begun = by.clock;
    }
    events.add(by.clock + coherence.shared(by, by.vary(work, WORK_VARIES)), by.id);
  }

  private Point point(long elapsed) {
    double sum = 0;
    double squares = 0;
    long misses = 0;
    long failures = 0;
    long longest = 0;
    for (Processor processor : processors) {
      sum += processor.ops;
      squares += (double) processor.ops * processor.ops;
      misses += processor.misses;
      failures += processor.failures;
      longest = Math.max(longest, processor.longest);
    }
    double stalled = 0;
    double transfers = 0;
    double lock = 0;
    Map<String, Double> byLine = new TreeMap<>();
    for (Line line : coherence.lines()) {
      stalled += line.stalled;
      transfers += line.transfers;
      if (line.stalled > 0) {
        byLine.merge(line.name, (double) line.stalled, Double::sum);
      }
      lock += line.name.startsWith("lock") || line.name.startsWith("queue") ? line.stalled : 0;
    }
    double all = stalled;
    byLine.replaceAll((name, time) -> time / all);
    return new Point(
        setup.pool().name(),
        setup.threads(),
        setup.placement(),
        sum * PS_PER_SECOND / elapsed,
        misses / sum,
        failures / sum,
        transfers / sum,
        setup.pool().locked() ? lock / sum / PS_PER_NS : Double.NaN,
        Math.min(1, stalled / ((double) elapsed * processors.length)),
        byLine,
        sum * sum / (processors.length * squares),
        longest / PS_PER_NS,
        coherence.accesses);
  }

  /** The name of the line that most of the waiting was for, or empty. */
  public static String worstLine(Point point) {
    return point.stallByLine().entrySet().stream()
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
