package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;

/*
 * Invariants
 *   I1  references = instances not given back for good, and one more while the owner has not
 *       retired the pool, if the owner counts.
 *   I2  The count is changed by atomic subtraction alone, each time by at least 1, and all that is
 *       ever subtracted adds up to what was there at first: it gets to 0 once, so one call sees it
 *       get there.
 * Ordering
 *   A subtraction is a full fence: what everybody did before giving back is done before release.
 */
/**
 * When the memory of a pool goes: with the last reference to it.
 *
 * <p>A kretprobe may be unregistered while calls are inside. Its free instances are given up at
 * once ({@link #retire}); one that is still in flight is dropped when its call returns ({@link
 * #drop}), and not pushed again. Whichever comes last releases the pool.
 *
 * <p><b>Threads.</b> Any CPU may drop at any time, before, while and after another retires. No push
 * may be under way once retirement begins, or its instance is lost and the pool is never released:
 * the kernel waits for a grace period in between.
 *
 * <p><b>Source.</b> {@code kernel/kprobes.c} and {@code kernel/trace/rethook.c} from 5.11 on,
 * {@code objpool_fini} and {@code objpool_drop} in {@code lib/objpool.c} from 6.7 on. Lists under a
 * lock (up to 5.10) share nothing: there each instance is freed by itself.
 */
public final class PoolLifetime {
  private static final int RETIRED = 1;
  private static final int WORDS = 2;

  private final InstancePool pool;
  private final int ownReferences;
  private final Runnable release;
  private final Memory memory;
  private final int references;

  private PoolLifetime(
      InstancePool pool, int ownReferences, Memory.Factory memories, Runnable release) {
    this.pool = pool;
    this.ownReferences = ownReferences;
    this.release = release;
    Layout layout = new Layout();
    references = layout.reserve("references", WORDS);
    memory = memories.create(layout);
    memory.set(references, (long) pool.capacity() + ownReferences);
  }

  /**
   * Makes a lifetime in which only the instances count: {@code struct kretprobe_holder} where the
   * pool is a freelist.
   *
   * @param pool full, and in nobody's hands yet
   * @param memories makes the memory that the count lies in
   * @param release what frees the shared memory; called once, last thing of the call that brings
   *     the count to 0, on that CPU
   * @return a lifetime that ends when all instances were dropped
   */
  public static PoolLifetime ofInstances(
      InstancePool pool, Memory.Factory memories, Runnable release) {
    return new PoolLifetime(pool, 0, memories, release);
  }

  /**
   * Makes a lifetime in which the owner counts too, until it retires the pool: {@code struct
   * rethook} and {@code struct objpool_head}.
   *
   * @param pool full, and in nobody's hands yet
   * @param memories makes the memory that the count lies in
   * @param release what frees the shared memory; called once, last thing of the call that brings
   *     the count to 0, on that CPU
   * @return a lifetime that ends when the pool is retired and all instances were dropped
   */
  public static PoolLifetime ofInstancesAndOwner(
      InstancePool pool, Memory.Factory memories, Runnable release) {
    return new PoolLifetime(pool, 1, memories, release);
  }

  /**
   * Takes all that is free out of the pool and gives it up, with the owner's reference.
   *
   * @param cpu the emulated CPU that asks; the pool sees pops of this CPU
   * @return whether this released the pool: nothing was in flight any more
   * @throws IllegalStateException if it was retired before, or hands out more than it has
   */
  public boolean retire(int cpu) {
    if (memory.getAndSet(references + RETIRED, 1) != 0) {
      throw new IllegalStateException("a pool is retired once");
    }
    int found = 0;
    while (pool.pop(cpu) != InstancePool.MISSED) {
      found++;
      if (found > pool.capacity()) {
        throw new IllegalStateException(
            "pool hands out more instances than it has: capacity=" + pool.capacity());
      }
    }
    // With nothing to give, the last drop may already have released: the count says no more whose.
    return found + ownReferences > 0 && giveUp(found + ownReferences);
  }

  /**
   * Gives up one instance that was in flight at retirement, in place of a push. The caller owns it.
   *
   * @return whether this released the pool
   * @throws IllegalStateException if more is given up than there was
   */
  public boolean drop() {
    return giveUp(1);
  }

  /**
   * {@return how many references still keep the pool alive} Exact only while nobody retires or
   * drops.
   */
  public long references() {
    return memory.get(references);
  }

  private boolean giveUp(long count) {
    long before = memory.getAndAdd(references, -count);
    if (before < count) {
      throw new IllegalStateException(
          "more references given up than there were: left=" + before + " given up=" + count);
    }
    if (before > count) {
      return false;
    }
    release.run();
    return true;
  }
}
