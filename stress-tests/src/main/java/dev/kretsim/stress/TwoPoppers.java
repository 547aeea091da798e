package dev.kretsim.stress;

import dev.kretsim.pool.InstancePool;
import java.util.BitSet;

/**
 * Two CPUs that each take an instance and, if they like, give it back; and what can be said of the
 * pool afterwards. The pool has two instances.
 */
public abstract class TwoPoppers {
  private static final int CAPACITY = 2;

  private final InstancePool pool;

  /**
   * @param pool of two instances
   */
  protected TwoPoppers(InstancePool pool) {
    this.pool = pool;
  }

  /** What a CPU does: takes one, gives it back, takes one again and keeps it. */
  protected final int takeGiveBackAndTake(int cpu) {
    int first = pool.pop(cpu);
    if (first != InstancePool.MISSED) {
      pool.push(cpu, first);
    }
    return pool.pop(cpu);
  }

  /**
   * Drains what is left, with everybody else gone.
   *
   * @return {@code whole} if each instance is held or left exactly once, or else what is wrong
   */
  protected final String verdict(int heldByCpu0, int heldByCpu1) {
    BitSet seen = new BitSet();
    for (int held : new int[] {heldByCpu0, heldByCpu1}) {
      if (held != InstancePool.MISSED) {
        if (seen.get(held)) {
          return "two owners";
        }
        seen.set(held);
      }
    }
    for (int left = pool.pop(0); left != InstancePool.MISSED; left = pool.pop(0)) {
      if (seen.get(left)) {
        return "owned and free";
      }
      seen.set(left);
    }
    return seen.cardinality() == CAPACITY ? "whole" : "lost";
  }
}
