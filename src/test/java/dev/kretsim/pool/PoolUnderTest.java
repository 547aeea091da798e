package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockKind;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A design of a pool, under one name for tests.
 *
 * @param interleaves whether it keeps its state in memory, and can be stopped at each access
 * @param exact whether it misses only when nothing is free
 */
record PoolUnderTest(
    String name,
    LockKind lock,
    boolean interleaves,
    boolean exact,
    Function<PoolSpec, InstancePool> constructor) {

  /** All that ship, with each form of lock and with counters about to wrap around. */
  static List<PoolUnderTest> all() {
    List<PoolUnderTest> all = new ArrayList<>();
    for (LockKind lock : LockKind.values()) {
      String name = "hlist under " + lock.name().toLowerCase(Locale.ROOT);
      all.add(new PoolUnderTest(name, lock, true, true, HlistPool::new));
    }
    all.add(of("freelist", false, FreelistPool::new));
    all.add(of("objpool", false, Objpool::new));
    all.add(of("objpool about to wrap", false, spec -> new Objpool(spec, 0xffff_fffeL)));
    all.add(of("ring", true, RingPool::new));
    all.add(of("ring about to wrap", true, spec -> new RingPool(spec, -2)));
    all.add(new PoolUnderTest("mpmc", LockKind.QUEUED, false, true, MpmcPool::new));
    return all;
  }

  static List<PoolUnderTest> interleaving() {
    return all().stream().filter(PoolUnderTest::interleaves).toList();
  }

  /** One that ships. */
  static PoolUnderTest named(String shipped) {
    return all().stream().filter(pool -> pool.name().equals(shipped)).findFirst().orElseThrow();
  }

  static PoolUnderTest of(String name, boolean exact, Function<PoolSpec, InstancePool> design) {
    return new PoolUnderTest(name, LockKind.QUEUED, true, exact, design);
  }

  /** The same design on memory that {@code broken} makes of the right one. */
  PoolUnderTest on(UnaryOperator<Memory> broken) {
    return new PoolUnderTest(
        name,
        lock,
        interleaves,
        exact,
        spec ->
            constructor.apply(
                new PoolSpec(
                    spec.capacity(),
                    spec.cpus(),
                    layout -> broken.apply(spec.memories().create(layout)),
                    lock)));
  }

  PoolUnderTest renamed(String other) {
    return new PoolUnderTest(other, lock, interleaves, exact, constructor);
  }

  InstancePool create(int capacity, int cpus) {
    return create(capacity, cpus, RealMemory::new);
  }

  InstancePool create(int capacity, int cpus, Memory.Factory memories) {
    return create(capacity, new CpuContexts(cpus, memories), memories);
  }

  InstancePool create(int capacity, CpuContexts cpus, Memory.Factory memories) {
    return constructor.apply(new PoolSpec(capacity, cpus, memories, lock));
  }

  @Override
  public String toString() {
    return name;
  }
}
