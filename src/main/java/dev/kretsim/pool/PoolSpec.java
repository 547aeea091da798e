package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockKind;
import dev.kretsim.memory.Memory;

/**
 * What a pool is made from.
 *
 * @param capacity how many instances, in {@code [1, 2^24]}: the limit of the kernel's objpool
 * @param cpus the CPUs that could ever come online
 * @param lock the form of the lock, for designs that have one
 */
public record PoolSpec(int capacity, CpuContexts cpus, Memory.Factory memories, LockKind lock) {
  /** {@code OBJPOOL_NR_OBJECT_MAX}. */
  public static final int MAX_CAPACITY = 1 << 24;

  public PoolSpec {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity must be in [1, " + MAX_CAPACITY + "]: capacity=" + capacity);
    }
  }
}
