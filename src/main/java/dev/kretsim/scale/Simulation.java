package dev.kretsim.scale;

import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.workload.random.RandomStream;
import java.util.List;
import java.util.SplittableRandom;
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

  /** A day: the clock of picoseconds holds a hundred of those, and some laws have no longest. */
  private static final double LONGEST_HOLD_NS = 86_400e9;

  /**
   * Threads fall into an order that they keep, and some orders are faster than others. So each
   * batch of rounds begins with everybody being late by up to a round, and is measured once the
   * last of them has come: batches are as good as independent, and what is known of their mean can
   * be believed. Being late is a matter of time: counted in operations it would be over as soon as
   * one who came early had made them all alone. What it does to others takes longer than a round to
   * go by: measured after two rounds, a freelist that 32 threads want is 4 % too slow.
   */
  private static final int WARM_UP_ROUNDS = 9;

  private static final int LATE_ROUNDS = 4;
  private static final int ROUNDS_PER_BATCH = 6;
  private static final int LEAST_BATCH = 64;
  private static final int LEAST_BATCHES = 8;
  private static final long MOST_ACCESSES = 1_600_000;
  private static final int SLOW_ROUNDS = 2;

  /** Accesses to each instance while the free ones are counted. */
  private static final int MOST_COUNTING = 100;

  /** Which part of the accesses may go into the end, which is not measured. */
  private static final int CLOSING = 32;

  /** Simulating ends once the {@link Point#margin} is no more than that. */
  public static final double ENOUGH = 0.01;

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
      long seed) {
    Setup on(Machine other) {
      return new Setup(other, pool, lock, threads, placement, maxactive, workload, seed);
    }
  }

  private final Setup setup;
  private final long mostAccesses;
  private final Workload workload;
  private final EventQueue events = new EventQueue();
  private final Coherence coherence;
  private final InstancePool pool;
  private final @Nullable Memory items;
  private final int firstItem;
  private final Processor[] processors;
  private final SplittableRandom lateness;
  private long ops;
  private long now;

  private final Holders holders;

  /** Whether nobody begins another round. */
  private boolean closing;

  private Simulation(Setup setup, Interleaving interleaving, boolean early, long mostAccesses) {
    this.setup = setup;
    this.mostAccesses = mostAccesses;
    this.workload = setup.workload();
    Machine machine = setup.machine();
    List<Integer> cpus = setup.placement().cpus(machine, setup.threads());
    SplittableRandom seeds = new SplittableRandom(setup.seed());
    int count = cpus.size();
    holders = new Holders(setup.pool().name() + " threads=" + setup.threads(), setup.maxactive());
    coherence = new Coherence(machine, workload, events, count, interleaving, early, seeds.split());
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
    items = workload.sharing().itemArray() ? coherence.create(layout) : null;
    processors =
        Processor.on(cpus, machine.cores(), workload, seeds, RandomStream.of(setup.seed()));
    lateness = seeds.split();
  }

  /**
   * Simulates one point.
   *
   * @throws IllegalArgumentException if there are no threads or more than CPUs, the pool refuses
   *     its capacity, keeps state outside of the simulated memory, or never ends an operation
   * @throws LawBrokenException if an instance gets lost, or into two hands
   */
  public static Point run(Setup setup) {
    return run(setup, new Interleaving(), true);
  }

  /**
   * The same in other ways.
   *
   * @param early whether accesses that hit whatever others do are made ahead of these
   */
  static Point run(Setup setup, Interleaving interleaving, boolean early) {
    return run(setup, interleaving, early, MOST_ACCESSES);
  }

  /** For what is known only between far ends: takes less time where threads wait for each other. */
  static Point runRoughly(Setup setup) {
    return run(setup, new Interleaving(), true, MOST_ACCESSES / 4);
  }

  private static Point run(
      Setup setup, Interleaving interleaving, boolean early, long mostAccesses) {
    int cpus = setup.machine().cpus();
    if (setup.threads() < 1 || setup.threads() > cpus) {
      throw new IllegalArgumentException(
          "threads must be in [1, %d]: threads=%d".formatted(cpus, setup.threads()));
    }
    if (setup.placement().cpus(setup.machine(), setup.threads()).size() < setup.threads()) {
      throw new IllegalArgumentException(
          "placement must have a CPU for each thread: threads=" + setup.threads());
    }
    if (setup.pool().realMemoryOnly()) {
      throw new IllegalArgumentException(
          "%s runs on real memory only".formatted(setup.pool().name()));
    }
    int most = setup.pool().maxCapacity(cpus);
    if (setup.maxactive() > most) {
      throw new IllegalArgumentException(
          "%s has at most %d instances on %d CPUs: maxactive=%d"
              .formatted(setup.pool().name(), most, cpus, setup.maxactive()));
    }
    Simulation simulation = new Simulation(setup, interleaving, early, mostAccesses);
    Point point = simulation.run();
    simulation.close();
    return point;
  }

  private Point run() {
    for (Processor processor : processors) {
      processor.clock = processor.vary(workload.before() + workload.after(), 1);
      coherence.resume(processor, processor.clock);
    }
    int round = processors.length * workload.bulk();
    int batch = Math.max(LEAST_BATCH * workload.bulk(), ROUNDS_PER_BATCH * round);
    advance(Math.max(batch, WARM_UP_ROUNDS * round), Long.MAX_VALUE, mostAccesses / 2);
    long warm = events.earliest();
    long done = ops;
    Summary summary = new Summary(setup, List.of(processors), coherence);
    if (done < SLOW_ROUNDS * round) {
      // A round takes so many accesses that a single one has to do.
      return summary.point(PS_PER_SECOND * round / measure(round, summary), Double.NaN);
    }
    Batches batches = new Batches();
    do {
      if (processors.length > 1) {
        makeLate(warm * round / done);
      }
      batches.add((double) measure(batch, summary) / batch);
    } while (coherence.accesses < mostAccesses
        && (batches.count() < LEAST_BATCHES || batches.margin() > ENOUGH));
    return summary.point(PS_PER_SECOND / batches.mean(), batches.margin());
  }

  /**
   * Has everybody come to the end of a round and looks whether all instances are still there. Where
   * that takes very long it is left out.
   */
  private void close() {
    closing = true;
    advance(Long.MAX_VALUE, Long.MAX_VALUE, coherence.accesses + mostAccesses / CLOSING);
    if (events.earliest() < Long.MAX_VALUE) {
      return;
    }
    for (Processor processor : processors) {
      if (processor.operating) {
        throw new IllegalArgumentException(
            "%s never ends an operation: threads=%d"
                .formatted(setup.pool().name(), setup.threads()));
      }
    }
    coherence.interleaving.allow(mostAccesses + (long) MOST_COUNTING * setup.maxactive());
    holders.requireAll(pool.free());
  }

  /** Says how long so many operations take, from the end of one to the end of another. */
  private long measure(int operations, Summary summary) {
    long begin = ended(1);
    summary.begin();
    long took = ended(operations) - begin;
    summary.end(took);
    return took;
  }

  /** Simulates so many operations more; says when the last of them ended. */
  private long ended(int operations) {
    advance(ops + operations, Long.MAX_VALUE, Long.MAX_VALUE);
    return now;
  }

  /** Simulates until one of these is reached: operations in all, a time, or accesses in all. */
  private void advance(long operations, long time, long accesses) {
    while (ops < operations && events.earliest() < time && coherence.accesses < accesses) {
      next();
    }
  }

  /** Everybody is late with the next round by up to this time, and all that is over. */
  private void makeLate(long most) {
    for (Processor processor : processors) {
      processor.late = Math.round(lateness.nextDouble() * most);
    }
    advance(Long.MAX_VALUE, events.earliest() + LATE_ROUNDS * most, Long.MAX_VALUE);
  }

  /**
   * One method, and too long to be compiled into those that call it: each of these would be a
   * simulator of its own, and take a second to compile.
   */
  private void next() {
    now = events.earliest();
    int who = events.first();
    events.removeFirst();
    int count = processors.length;
    if (who < 0) {
      coherence.prefetched(-1 - who, now);
      return;
    }
    if (who >= 2 * count) {
      coherence.alarm(who - 2 * count, now);
      return;
    }
    if (who >= count) {
      coherence.drained(processors[who - count], now);
      return;
    }
    Processor by = processors[who];
    by.clock = now;
    by.stalled = false;
    if (by.ended) {
      by.ended = false;
      by.count(workload.bulk());
      ops += workload.bulk();
    }
    if (by.late > 0 && !by.operating && by.step == 0) {
      by.begun += by.late;
      coherence.resume(by, now + by.late);
      by.late = 0;
      return;
    }
    if (!by.operating) {
      if (closing && by.step == 0) {
        return;
      }
      if (by.step >= workload.bulk()) {
        holders.give(by.returning[by.step - workload.bulk()]);
      }
    }
    Interleaving.Strand strand = by.strand;
    if (strand == null) {
      strand =
          coherence.interleaving.start(
              () -> operate(by),
              (kind, memory, word, first, second) ->
                  coherence.passes(by, kind, memory, word, first, second));
      by.strand = strand;
      by.operating = true;
    } else if (!by.operating) {
      by.operating = true;
      strand.again();
    } else {
      coherence.arrived(by);
      strand.tryAgain();
    }
    if (strand.finished()) {
      by.operating = false;
      finish(by, (int) strand.result());
    } else {
      coherence.block(by);
    }
  }

  /** One pop or push with what is accessed around it; has no other effect and may be run again. */
  private long operate(Processor by) {
    int bulk = workload.bulk();
    if (by.step >= bulk) {
      int instance = by.returning[by.step - bulk];
      touchItem(instance);
      pool.push(by.cpu, instance);
      return instance;
    }
    Memory head = coherence.headMemory;
    if (workload.sharing().handlersBesideHead() && head != null) {
      head.getOpaque(coherence.headWord);
    }
    int instance = pool.pop(by.cpu);
    touchItem(instance);
    return instance;
  }

  /** The published loops looked whether an item was as it should be, and then changed it. */
  private void touchItem(int instance) {
    if (items != null && instance != InstancePool.MISSED) {
      int item = firstItem + instance / IDS_PER_WORD;
      items.getOpaque(item);
      items.setOpaque(item, instance);
    }
  }

  private void finish(Processor by, int instance) {
    int bulk = workload.bulk();
    long work = 0;
    by.accesses = 0;
    if (by.step < bulk) {
      by.held[by.step] = instance;
      if (instance != InstancePool.MISSED) {
        holders.take(instance);
      } else {
        by.miss(holders.count() < pool.capacity());
      }
    }
    by.step++;
    if (by.step == bulk) {
      allPopped(by);
    }
    if (by.step < bulk) {
      work += workload.nested() ? inside(by) : 0;
    } else {
      for (int stretches = by.stretches(workload.nested()); stretches > 0; stretches--) {
        work += inside(by);
      }
    }
    if (by.step == bulk + by.returns && by.step >= bulk) {
      work += by.vary(workload.after() + workload.before(), WORK_VARIES);
      by.step = 0;
      by.ended = true;
      by.longest = Math.max(by.longest, by.clock - by.begun);
      by.begun = by.clock;
    }
    coherence.resume(by, by.clock + coherence.shared(by, work));
  }

  private long inside(Processor by) {
    return by.holds == null
        ? by.vary(workload.inside(), WORK_VARIES)
        : Math.round(Math.min(LONGEST_HOLD_NS, by.holds.getAsDouble()) * PS_PER_NS);
  }

  private void allPopped(Processor by) {
    if (!workload.elsewhere()) {
      by.returnHeld(workload.nested());
      return;
    }
    Processor other = processors[(by.id + 1) % processors.length];
    for (int instance : by.held) {
      if (instance != InstancePool.MISSED) {
        other.receive(instance);
      }
    }
    by.returnReceived();
  }
}
