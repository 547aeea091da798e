package dev.kretsim.pool;

import java.util.Locale;
import java.util.function.Function;

/** The designs of an instance pool. */
@SuppressWarnings("ImmutableEnumChecker") // the factories are constructors: no state
public enum PoolKind {
  /** A LIFO list under a raw spinlock: kernels up to 5.10. */
  HLIST(HlistPool::new, true),
  /** A lock-free LIFO list of reference-counted nodes: kernels 5.11 to 6.6. */
  FREELIST(FreelistPool::new, false),
  /** A ring for each possible CPU: kernels from 6.7 on. */
  OBJPOOL(Objpool::new, false),
  /** JCTools' {@code MpmcArrayQueue}: not a kernel's, the rival from the library shelf. */
  MPMC(MpmcPool::new, true);

  private final Function<PoolSpec, InstancePool> constructor;
  private final boolean exact;

  PoolKind(Function<PoolSpec, InstancePool> constructor, boolean exact) {
    this.constructor = constructor;
    this.exact = exact;
  }

  /** Makes a full pool. */
  public InstancePool create(PoolSpec spec) {
    return constructor.apply(spec);
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
