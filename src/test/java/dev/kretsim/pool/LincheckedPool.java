package dev.kretsim.pool;

import dev.kretsim.memory.YieldingMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.kotlinx.lincheck.paramgen.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * A pool as Lincheck drives it, which makes one of these by its class for each try. Each thread is
 * a CPU; it gives back what it has held longest, the order without which ABA cannot show.
 */
abstract class LincheckedPool {
  static final int CAPACITY = 2;

  /** Lincheck numbers its threads from 1, and goes on afterwards from one more. */
  static final int CPUS = 4;

  private final InstancePool pool;
  private final AtomicIntegerArray owners = new AtomicIntegerArray(CAPACITY);
  private final List<Deque<Integer>> held = new ArrayList<>();

  LincheckedPool(PoolUnderTest design) {
    pool = design.create(CAPACITY, CPUS);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      held.add(new ArrayDeque<>());
    }
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
  abstract static class Exact extends LincheckedPool {
    Exact(PoolUnderTest design) {
      super(design);
    }

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
  abstract static class Relaxed extends LincheckedPool {
    Relaxed(PoolUnderTest design) {
      super(design);
    }

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

  private static PoolUnderTest named(String name) {
    return PoolUnderTest.all().stream()
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static PoolUnderTest twin(String name) {
    return BrokenPools.all().stream()
        .map(BrokenPools.Twin::pool)
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  // Lincheck makes them by class, without arguments.

  /** The list under a queued lock. */
  public static final class Hlist extends Exact {
    public Hlist() {
      super(named("hlist under queued"));
    }
  }

  /** Ours. */
  public static final class Ring extends Exact {
    public Ring() {
      super(named("ring"));
    }
  }

  /** Misses transiently. */
  public static final class Freelist extends Relaxed {
    public Freelist() {
      super(named("freelist"));
    }
  }

  /** Misses transiently. */
  public static final class Objpool extends Relaxed {
    public Objpool() {
      super(named("objpool"));
    }
  }

  /** ABA. */
  public static final class Untagged extends Relaxed {
    public Untagged() {
      super(twin("stack without a tag"));
    }
  }

  /** Misses when it has to wait. */
  public static final class Impatient extends Exact {
    public Impatient() {
      super(twin("list that misses when the lock is taken"));
    }
  }

  /** Hands out an entry twice. */
  public static final class Unfenced extends Relaxed {
    public Unfenced() {
      super(twin("ring that takes without an exchange"));
    }
  }

  /** Peeks at what may be linked anew. */
  public static final class Careless extends Relaxed {
    public Careless() {
      super(twin("freelist whose peekers hold nothing"));
    }
  }

  /** Gaps so wide that real threads fall into them. */
  public static final class Wide extends Relaxed {
    public Wide() {
      super(twin("ring that takes without an exchange").on(YieldingMemory::new));
    }
  }
}
