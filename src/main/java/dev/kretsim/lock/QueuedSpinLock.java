package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/**
 * The kernel's queued spinlock: the first waiter spins on the lock word (the pending bit), later
 * ones each on a node of their own (an MCS queue), so a hand-over touches one waiter's line.
 *
 * <p>Word: bit 0 locked, bit 8 pending, bits 16-17 nesting level of the last waiter, from bit 18 on
 * its CPU + 1; the upper two together are the tail, 0 when nobody queues.
 *
 * <p>Where the kernel stores half of the word (unlock, take-over by the pending waiter, tail swap),
 * this adds to it or exchanges it: the memory model has whole words only. That makes unlocking one
 * atomic operation instead of a store. And where the kernel's head of the queue, seeing a pending
 * bit come up, takes the lock and waits for a successor, this looks again: whoever set the bit need
 * not queue, if all nodes of its CPU are in use.
 *
 * <p><b>Source.</b> {@code kernel/locking/qspinlock.c}.
 */
final class QueuedSpinLock extends RawSpinLock {
  private static final long LOCKED = 1;
  private static final long PENDING = 1 << 8;
  private static final long TAIL = -1L << 16;
  private static final int LEVEL_SHIFT = 16;
  private static final int CPU_SHIFT = 18;

  QueuedSpinLock(Memory memory, int firstWord, CpuContexts cpus) {
    super(memory, firstWord, cpus);
  }

  @Override
  protected boolean tryAcquire() {
    return memory.testAndExchange(word, 0, LOCKED);
  }

  @Override
  protected void release() {
    memory.getAndAdd(word, -LOCKED);
  }

  @Override
  protected void acquire(int cpu) {
    if (memory.compareAndExchange(word, 0, LOCKED) != 0) {
      refuseSelfDeadlock(cpu);
      if (!acquireAsPending()) {
        acquireThroughQueue(cpu);
      }
    }
  }

  private boolean acquireAsPending() {
    long seen = memory.getOpaque(word);
    if (seen == PENDING) {
      // A hand-over is under way: one more look usually finds it done.
      seen = memory.getOpaque(word);
    }
    if ((seen & ~LOCKED) != 0) {
      return false;
    }
    seen = memory.getAndBitwiseOr(word, PENDING);
    if ((seen & ~LOCKED) != 0) {
      if ((seen & PENDING) == 0) {
        memory.getAndAdd(word, -PENDING);
      }
      return false;
    }
    // We own the pending bit: nobody passes us, and the holder can only let go.
    if ((seen & LOCKED) != 0) {
      memory.awaitEqual(word, LOCKED, 0);
    }
    memory.getAndAdd(word, LOCKED - PENDING);
    return true;
  }

  private void acquireThroughQueue(int cpu) {
    int level = cpus.enterQueue(cpu);
    if (level < CpuContexts.NESTING_LEVELS) {
      waitInQueue(cpu, level);
    } else {
      // Out of nodes: rare enough that fairness is given up.
      while (!tryAcquire()) {
        memory.awaitEqual(word, -1, 0);
      }
    }
    cpus.leaveQueue(cpu);
  }

  private void waitInQueue(int cpu, int level) {
    Memory nodes = cpus.memory();
    int next = cpus.nextWord(cpu, level);
    int granted = cpus.grantedWord(cpu, level);
    nodes.set(next, 0);
    nodes.set(granted, 0);
    if (tryAcquire()) {
      return;
    }

    // The exchange is a full fence, so whoever reads our code finds the node initialised.
    long mine = tailOf(cpu, level);
    long previous = memory.getAndSetBits(word, TAIL, mine) & TAIL;
    if (previous != 0) {
      nodes.setRelease(nextWordOf(previous), mine);
      nodes.awaitNotEqual(granted, 0);
    }

    // Head of the queue. Only the pending waiter and the holder are before us.
    long seen;
    do {
      seen = memory.awaitEqual(word, LOCKED | PENDING, 0);
      if ((seen & TAIL) == mine && memory.compareAndExchange(word, seen, LOCKED) == seen) {
        return;
      }
      // While we are the tail, what failed the exchange may be a pending bit that goes away again.
    } while ((seen & TAIL) == mine);
    // A new tail forbids both the fast path and the pending path, so the lock is ours to take.
    memory.getAndBitwiseOr(word, LOCKED);
    long successor = nodes.awaitNotEqual(next, 0);
    nodes.setRelease(grantedWordOf(successor), 1);
  }

  private static long tailOf(int cpu, int level) {
    return ((cpu + 1L) << CPU_SHIFT) | ((long) level << LEVEL_SHIFT);
  }

  private int nextWordOf(long tail) {
    return cpus.nextWord(cpuOf(tail), levelOf(tail));
  }

  private int grantedWordOf(long tail) {
    return cpus.grantedWord(cpuOf(tail), levelOf(tail));
  }

  private static int cpuOf(long tail) {
    return (int) (tail >>> CPU_SHIFT) - 1;
  }

  private static int levelOf(long tail) {
    return (int) (tail >>> LEVEL_SHIFT) & 3;
  }
}
