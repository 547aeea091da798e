package dev.kretsim.testkit;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A pool under one name for tests: a design with one form of lock, or something else that makes
 * pools.
 *
 * @param design what it says of itself; null for what says nothing
 * @param interleaves whether it keeps its state in memory, and can be stopped at each access
 * @param exact whether it misses only when nothing is free
 */
public record PoolUnderTest(
    String name,
    @Nullable PoolDesign design,
    LockDesign lock,
    boolean interleaves,
    boolean exact,
    Function<PoolSpec, InstancePool> constructor) {

  /** A design with each form of lock, where it has one. */
  public static List<PoolUnderTest> formsOf(PoolDesign design) {
    if (!design.locked()) {
      return List.of(under(design.name(), design, LockDesigns.QUEUED));
    }
    return LockDesigns.shipped().stream()
        .map(lock -> under(design.name() + " under " + lock.name(), design, lock))
        .toList();
  }

  private static PoolUnderTest under(String name, PoolDesign design, LockDesign lock) {
    return new PoolUnderTest(
        name, design, lock, !design.realMemoryOnly(), design.exact(), design::create);
  }

  /** What is no design, such as a twin of one. */
  public static PoolUnderTest of(
      String name, boolean exact, Function<PoolSpec, InstancePool> constructor) {
    return new PoolUnderTest(name, null, LockDesigns.QUEUED, true, exact, constructor);
  }

  /** The same with pools made in another way, such as from counters about to wrap around. */
  public PoolUnderTest made(String other, Function<PoolSpec, InstancePool> differently) {
    return new PoolUnderTest(other, design, lock, interleaves, exact, differently);
  }

  /** Whether its design says so. */
  public boolean says(Predicate<PoolDesign> property) {
    return design != null && property.test(design);
  }

  /** The same design on memory that {@code broken} makes of the right one. */
  public PoolUnderTest on(UnaryOperator<Memory> broken) {
    return new PoolUnderTest(
        name,
        design,
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

  public PoolUnderTest renamed(String other) {
    return new PoolUnderTest(other, design, lock, interleaves, exact, constructor);
  }

  public InstancePool create(int capacity, int cpus) {
    return create(capacity, cpus, RealMemory::new);
  }

  public InstancePool create(int capacity, int cpus, Memory.Factory memories) {
    return create(capacity, new CpuContexts(cpus, memories), memories);
  }

  public InstancePool create(int capacity, CpuContexts cpus, Memory.Factory memories) {
    return constructor.apply(new PoolSpec(capacity, cpus, memories, lock));
  }

  @Override
  public String toString() {
    return name;
  }
}
