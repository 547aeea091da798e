package dev.kretsim.stress.pool;

import dev.kretsim.pool.InstancePool;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Two CPUs that take and give back again and again, and end with empty hands; then the pool must be
 * what it was. It has three instances, so it runs empty, and misses, at times.
 *
 * <p>Each holder leaves its mark in the instance, plainly, and takes it away before it gives the
 * instance back: a second holder meets it. Two CPUs and not three: each needs a processor of its
 * own to race at all.
 */
public abstract class StormyPool {
  private static final int CAPACITY = 3;
  private static final int ROUNDS = 3;
  private static final int NOBODY = -1;

  private final InstancePool pool;

  // Plain on purpose: only the pool's order shows a holder what the one before it has left.
  private final int[] holders = new int[CAPACITY];
  private boolean shared;

  /**
   * @param pool full, of three instances
   */
  protected StormyPool(InstancePool pool) {
    this.pool = pool;
    Arrays.fill(holders, NOBODY);
  }

  /** What a CPU does. The older of two goes back while the newer is gone: else ABA cannot show. */
  protected final void storm(int cpu) {
    for (int round = 0; round < ROUNDS; round++) {
      int older = take(cpu);
      int newer = take(cpu);
      give(cpu, older);
      int newest = take(cpu);
      give(cpu, newer);
      give(cpu, newest);
    }
  }

  private int take(int cpu) {
    int instance = pool.pop(cpu);
    if (instance != InstancePool.MISSED) {
      shared |= holders[instance] != NOBODY;
      holders[instance] = cpu;
    }
    return instance;
  }

  private void give(int cpu, int instance) {
    if (instance != InstancePool.MISSED) {
      shared |= holders[instance] != cpu;
      holders[instance] = NOBODY;
      pool.push(cpu, instance);
    }
  }

  /**
   * Drains the pool, with everybody gone.
   *
   * @return {@code whole} if each instance is free exactly once, or else what is wrong
   */
  protected final String verdict() {
    if (shared) {
      return "shared";
    }
    BitSet free = new BitSet();
    for (int left = pool.pop(0); left != InstancePool.MISSED; left = pool.pop(0)) {
      if (free.get(left)) {
        return "doubled";
      }
      free.set(left);
    }
    return free.cardinality() == CAPACITY ? "whole" : "lost";
  }
}
