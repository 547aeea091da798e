package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.memory.Memory;

/**
 * What a pool is made from.
 *
 * @param capacity how many instances, at least 1; the most is up to the design: {@link
 *     PoolDesign#maxCapacity}
 * @param cpus the CPUs that could ever come online
 * @param memories makes the memory that the pool lives in
 * @param lock the form of the lock, for designs that have one
 */
public record PoolSpec(int capacity, CpuContexts cpus, Memory.Factory memories, LockDesign lock) {
  /**
   * Checks the capacity.
   *
   * @param capacity how many instances, at least 1
   * @param cpus the CPUs that could ever come online
   * @param memories makes the memory that the pool lives in
   * @param lock the form of the lock, for designs that have one
   * @throws IllegalArgumentException if {@code capacity} is below 1
   */
  public PoolSpec {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be >= 1: capacity=" + capacity);
    }
  }

  /** The capacity, if a design that has room for {@code most} can take it. */
  int capacityUpTo(int most) {
    if (capacity > most) {
      throw new IllegalArgumentException(
          "capacity must be in [1, %d] with cpus=%d: capacity=%d"
              .formatted(most, cpus.count(), capacity));
    }
    return capacity;
  }
}
