package dev.kretsim.pool;

import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.paramgen.ThreadIdGen;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * A pool as Lincheck drives it, which makes one of these by its class, without arguments, for each
 * try: so the design to make stands beside it. Each thread is a CPU; it gives back what it has held
 * longest, the order without which ABA cannot show.
 */
abstract class LincheckedPool {
  static final int CAPACITY = 2;

  /** Lincheck numbers its threads from 1, and goes on afterwards from one more. */
  static final int CPUS = 4;

  private static final int THREADS = 2;
  private static final int OPERATIONS = 4;

  private static volatile @Nullable PoolUnderTest design;

  private final InstancePool pool;
  private final AtomicIntegerArray owners = new AtomicIntegerArray(CAPACITY);
  private final List<Deque<Integer>> held = new ArrayList<>();

  LincheckedPool() {
    pool = Objects.requireNonNull(design).create(CAPACITY, CPUS);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      held.add(new ArrayDeque<>());
    }
  }

  /**
   * Throws if Lincheck finds that a pool does not do what one of its kind has to.
   *
   * @throws LincheckAssertionError with the calls that show it
   */
  static synchronized void check(PoolUnderTest pool, Options<?, ?> how) {
    design = pool;
    how.threads(THREADS)
        .actorsPerThread(OPERATIONS)
        .actorsBefore(0)
        .actorsAfter(OPERATIONS / 2)
        .minimizeFailedScenario(false);
    if (pool.exact()) {
      how.sequentialSpecification(Bag.class);
    }
    LinChecker.check(pool.exact() ? Exact.class : Relaxed.class, how);
  }

  final boolean take(int cpu) {
    int instance = pool.pop(cpu);
    if (instance == InstancePool.MISSED) {
      return false;
    }
    if (owners.incrementAndGet(instance) != 1) {
      throw new IllegalStateException("in two hands: instance=" + instance);
    }
    held.get(cpu).addLast(instance);
    return true;
  }

  final boolean giveBack(int cpu) {
    Integer oldest = held.get(cpu).pollFirst();
    if (oldest == null) {
      return false;
    }
    owners.decrementAndGet(oldest);
    pool.push(cpu, oldest);
    return true;
  }

  /** Nothing is lost. */
  @Validate
  public final void everyInstanceIsHeldOrFree() {
    int all = pool.free() + held.stream().mapToInt(Deque::size).sum();
    if (all != CAPACITY) {
      throw new IllegalStateException("held or free: " + all);
    }
  }

  /** A bag with a capacity: each miss must have its moment at which nothing was free. */
  public static final class Exact extends LincheckedPool {
    @Operation
    public boolean pop(@Param(gen = ThreadIdGen.class) int thread) {
      return take(thread);
    }

    @Operation
    public boolean push(@Param(gen = ThreadIdGen.class) int thread) {
      return giveBack(thread);
    }
  }

  /** A bag that may miss at any time: exclusive, and nothing is lost. */
  public static final class Relaxed extends LincheckedPool {
    @Operation
    public void pop(@Param(gen = ThreadIdGen.class) int thread) {
      take(thread);
    }

    @Operation
    public void push(@Param(gen = ThreadIdGen.class) int thread) {
      giveBack(thread);
    }
  }

  /** What an exact pool has to do, one call after the other. */
  public static final class Bag {
    private final int[] held = new int[CPUS];
    private int free = CAPACITY;

    public boolean pop(int thread) {
      if (free == 0) {
        return false;
      }
      free--;
      held[thread]++;
      return true;
    }

    public boolean push(int thread) {
      if (held[thread] == 0) {
        return false;
      }
      held[thread]--;
      free++;
      return true;
    }
  }
}
