package dev.kretsim.stress;

import dev.kretsim.pool.InstancePool;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Two CPUs that each take two instances, give back the older one and take again; and what can be
 * said of the pool afterwards. The pool has three instances.
 *
 * <p>All three start with CPU 0, pushed there after a round of use. So in a pool with a ring for
 * each CPU, CPU 1 has to take from a ring that is being pushed to, and a position read too early
 * holds another instance. In a list, the older one goes back while the newer one is gone: the order
 * without which ABA cannot show.
 */
public abstract class TwoCpus {
  private static final int CAPACITY = 3;

  private final InstancePool pool;
  private final int[][] held = {
    {InstancePool.MISSED, InstancePool.MISSED}, {InstancePool.MISSED, InstancePool.MISSED}
  };

  /**
   * @param pool full, of three instances
   */
  protected TwoCpus(InstancePool pool) {
    this.pool = pool;
    int[] all = new int[CAPACITY];
    Arrays.setAll(all, i -> pool.pop(0));
    for (int instance : all) {
      pool.push(0, instance);
    }
  }

  /** What a CPU does: takes two, gives the first back, takes one again; keeps what it has. */
  protected final void takeTwoAndSwapTheOlder(int cpu) {
    int older = pool.pop(cpu);
    held[cpu][0] = pool.pop(cpu);
    if (older != InstancePool.MISSED) {
      pool.push(cpu, older);
    }
    held[cpu][1] = pool.pop(cpu);
  }

  /**
   * Drains what is left, with everybody else gone.
   *
   * @return {@code whole} if each instance is held or left exactly once, or else what is wrong
   */
  protected final String verdict() {
    BitSet seen = new BitSet();
    for (int[] ofOneCpu : held) {
      for (int instance : ofOneCpu) {
        if (instance != InstancePool.MISSED) {
          if (seen.get(instance)) {
            return "two owners";
          }
          seen.set(instance);
        }
      }
    }
    for (int left = pool.pop(0); left != InstancePool.MISSED; left = pool.pop(0)) {
      if (seen.get(left)) {
        return "free, and owned or free again";
      }
      seen.set(left);
    }
    return seen.cardinality() == CAPACITY ? "whole" : "lost";
  }
}
