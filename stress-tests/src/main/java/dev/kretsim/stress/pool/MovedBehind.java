package dev.kretsim.stress.pool;

import dev.kretsim.pool.InstancePool;

/**
 * CPU 0 searches all CPUs' places in order, while the two instances move from the last place to one
 * that it looked at before. The mover holds one at a time, so the other is free, and every miss of
 * CPU 0 is a wrong one. With two CPUs this cannot be: each looks at its own place first, and only
 * its own pushes get there.
 *
 * <p>One actor is CPU 0; the other drives all the others in turn: it takes on one CPU what it gives
 * back on another, as a task does that moves between a call and its return.
 */
public abstract class MovedBehind {
  /** Idle CPUs in between make the search longer, and a move in the middle of it likelier. */
  public static final int CPUS = 12;

  private static final int EARLY = 1;
  private static final int LATE = CPUS - 1;
  private static final int SEARCHES = 2;

  private final InstancePool pool;

  /**
   * @param pool full, of two instances and {@link #CPUS} CPUs
   */
  protected MovedBehind(InstancePool pool) {
    this.pool = pool;
    int one = pool.pop(0);
    int other = pool.pop(0);
    pool.push(LATE, one);
    pool.push(LATE, other);
  }

  /** CPU 0 takes one and gives it back, twice; how often it found none. */
  protected final int missesOfTheSearcher() {
    int misses = 0;
    for (int search = 0; search < SEARCHES; search++) {
      int instance = pool.pop(0);
      if (instance == InstancePool.MISSED) {
        misses++;
      } else {
        pool.push(0, instance);
      }
    }
    return misses;
  }

  /** Both instances move, one after the other; how often the mover found none itself. */
  protected final int missesOfTheMover() {
    return move(EARLY) + move(LATE);
  }

  private int move(int takenOn) {
    int instance = pool.pop(takenOn);
    if (instance == InstancePool.MISSED) {
      return 1;
    }
    pool.push(EARLY, instance);
    return 0;
  }
}
