package dev.kretsim.pool;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** The designs of an instance pool. */
@SuppressWarnings("ImmutableEnumChecker") // the factories are constructors: no state
public enum PoolKind {
  /** A LIFO list under a raw spinlock: kernels up to 5.10. */
  HLIST(HlistPool::new, true, cpus -> HlistPool.MAX_CAPACITY),
  /** A lock-free LIFO list of reference-counted nodes: kernels 5.11 to 6.6. */
  FREELIST(FreelistPool::new, false, cpus -> FreelistPool.MAX_CAPACITY),
  /** A ring for each possible CPU: kernels from 6.7 on. */
  OBJPOOL(Objpool::new, false, Objpool::maxCapacity),
  /** JCTools' {@code MpmcArrayQueue}: not a kernel's, the rival from the library shelf. */
  MPMC(MpmcPool::new, true, cpus -> MpmcPool.MAX_CAPACITY),
  /** A slot and a ring for each possible CPU that only that CPU fills: ours, not a kernel's. */
  RING(RingPool::new, true, RingPool::maxCapacity);

  private final Function<PoolSpec, InstancePool> constructor;
  private final boolean exact;
  private final IntUnaryOperator maxCapacity;

  PoolKind(
      Function<PoolSpec, InstancePool> constructor, boolean exact, IntUnaryOperator maxCapacity) {
    this.constructor = constructor;
    this.exact = exact;
    this.maxCapacity = maxCapacity;
  }

  /**
   * Makes a full pool.
   *
   * @throws IllegalArgumentException if the capacity is beyond {@link #maxCapacity}
   */
  public InstancePool create(PoolSpec spec) {
    return constructor.apply(spec);
  }

  /**
   * The most instances that it can have on a machine with so many possible CPUs. Only the objpool
   * has a limit in the kernel; the other limits are those of an array here, which memory runs out
   * before.
   */
  public int maxCapacity(int cpus) {
    return maxCapacity.applyAsInt(cpus);
  }

  /** Whether it misses only when nothing is free; the others may miss transiently. */
  public boolean exact() {
    return exact;
  }

  /** The name used on the command line and in results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
