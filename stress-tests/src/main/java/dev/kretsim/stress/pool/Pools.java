package dev.kretsim.stress.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;

/** Pools on real memory. */
public final class Pools {
  private static final int CPUS = 2;

  private Pools() {}

  /** A full pool of that kind, for two CPUs. */
  public static InstancePool of(PoolDesign kind, int capacity) {
    return of(kind, capacity, CPUS);
  }

  /** A full pool of that kind. */
  public static InstancePool of(PoolDesign kind, int capacity, int cpus) {
    return kind.create(spec(capacity, cpus));
  }

  /** What to make a pool from, for two CPUs. */
  public static PoolSpec spec(int capacity) {
    return spec(capacity, CPUS);
  }

  /** What to make a pool from. */
  public static PoolSpec spec(int capacity, int cpus) {
    return new PoolSpec(
        capacity, new CpuContexts(cpus, RealMemory::new), RealMemory::new, LockDesigns.QUEUED);
  }
}
