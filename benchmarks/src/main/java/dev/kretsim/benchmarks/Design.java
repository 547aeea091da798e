package dev.kretsim.benchmarks;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockKind;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolKind;
import dev.kretsim.pool.PoolSpec;

/** The designs that are compared: every pool, the hlist under each lock, and the floor. */
public enum Design {
  /** No pool at all: what the rest of the benchmark costs. */
  FLOOR(PoolKind.HLIST, LockKind.TAS),
  HLIST_TAS(PoolKind.HLIST, LockKind.TAS),
  HLIST_TICKET(PoolKind.HLIST, LockKind.TICKET),
  HLIST_QUEUED(PoolKind.HLIST, LockKind.QUEUED),
  FREELIST(PoolKind.FREELIST, LockKind.QUEUED),
  OBJPOOL(PoolKind.OBJPOOL, LockKind.QUEUED),
  MPMC(PoolKind.MPMC, LockKind.QUEUED),
  RING(PoolKind.RING, LockKind.QUEUED);

  private final PoolKind kind;
  private final LockKind lock;

  Design(PoolKind kind, LockKind lock) {
    this.kind = kind;
    this.lock = lock;
  }

  PoolKind kind() {
    return kind;
  }

  LockKind lock() {
    return lock;
  }

  InstancePool create(int capacity, int cpus) {
    if (this == FLOOR) {
      return new ThreadLocalStacks(capacity, cpus);
    }
    return kind.create(
        new PoolSpec(capacity, new CpuContexts(cpus, RealMemory::new), RealMemory::new, lock));
  }
}
