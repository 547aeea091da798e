package dev.kretsim.stress.pool;

import dev.kretsim.pool.InstancePool;

/**
 * Two CPUs and two instances, and each CPU holds one at most. So whenever a CPU asks, an instance
 * is free: the other CPU has one at most, be it in its hand, half taken or half given back. Every
 * miss is a wrong one.
 */
public abstract class OneEach {
  private static final int ROUNDS = 2;

  private final InstancePool pool;

  /**
   * @param pool full, of two instances
   */
  protected OneEach(InstancePool pool) {
    this.pool = pool;
  }

  /** Takes one and gives it back, twice; how often there was none. */
  protected final int misses(int cpu) {
    int misses = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int instance = pool.pop(cpu);
      if (instance == InstancePool.MISSED) {
        misses++;
      } else {
        pool.push(cpu, instance);
      }
    }
    return misses;
  }
}
