package dev.kretsim.stress;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockKind;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolKind;
import dev.kretsim.pool.PoolSpec;

/** The shipped pools, for two CPUs on real memory. */
public final class Pools {
  private static final int CPUS = 2;

  private Pools() {}

  /** A full pool of that kind. */
  public static InstancePool of(PoolKind kind, int capacity) {
    return kind.create(
        new PoolSpec(
            capacity, new CpuContexts(CPUS, RealMemory::new), RealMemory::new, LockKind.QUEUED));
  }
}
