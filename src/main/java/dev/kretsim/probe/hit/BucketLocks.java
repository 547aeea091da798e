package dev.kretsim.probe.hit;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;

/**
 * The locks of the hash table that kernels before 5.11 kept calls in flight in: 64 buckets, found
 * by the task. Tasks that share a bucket wait for each other, also while return handlers run.
 *
 * <p>The entries themselves are kept with their tasks. A bucket's lock is taken before a pool's,
 * never after.
 */
public final class BucketLocks {
  private static final int BUCKET_BITS = 6;
  private static final long GOLDEN_RATIO = 0x61C8_8646_80B5_83EBL;

  private final RawSpinLock[] locks = new RawSpinLock[1 << BUCKET_BITS];

  BucketLocks(Machine machine) {
    Layout layout = new Layout();
    int[] words = new int[locks.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = layout.reserve(RawSpinLock.WORDS);
    }
    Memory memory = machine.memories().create(layout);
    for (int i = 0; i < words.length; i++) {
      locks[i] = LockDesigns.QUEUED.create(memory, words[i], machine.contexts());
    }
  }

  /** {@code hash_ptr(task, 6)}. */
  static int bucketOf(Task task) {
    return (int) (task.structAddress() * GOLDEN_RATIO >>> Long.SIZE - BUCKET_BITS);
  }

  RawSpinLock of(Task task) {
    return locks[bucketOf(task)];
  }

  /** Waits until every bucket was free once: nobody is inside a walk that began before. */
  public void passAll(int cpu) {
    for (RawSpinLock lock : locks) {
      long irqs = lock.lockIrqSave(cpu);
      lock.unlockIrqRestore(cpu, irqs);
    }
  }
}
