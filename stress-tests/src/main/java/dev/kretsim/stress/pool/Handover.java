package dev.kretsim.stress.pool;

import dev.kretsim.pool.InstancePool;

/** One instance with a payload: written by its holder, read by whoever takes the instance next. */
public abstract class Handover {
  private static final int WRITTEN = 42;

  private final InstancePool pool;
  private final int held;

  // Plain on purpose: only the pool's order makes it visible.
  private int payload;

  /**
   * @param pool of one instance
   */
  protected Handover(InstancePool pool) {
    this.pool = pool;
    this.held = pool.pop(0);
  }

  /** The holder writes its payload. */
  protected final void write() {
    payload = WRITTEN;
  }

  /** The holder gives the instance back, which is to come after the writing. */
  protected final void push() {
    pool.push(0, held);
  }

  /** The next one's end: what it finds in the instance, or {@link InstancePool#MISSED}. */
  protected final int popAndRead() {
    return pool.pop(1) == InstancePool.MISSED ? InstancePool.MISSED : payload;
  }
}
