package dev.kretsim.trace.read;

import dev.kretsim.trace.text.Block;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Something that is done to blocks one after the other, in their order, by whoever comes by: one
 * thread at a time, and no other waits for it.
 */
abstract class Stage {
  private final AtomicReferenceArray<Block> waiting;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long next;

  /**
   * @param ring how many blocks are there at once, at most
   */
  Stage(int ring) {
    waiting = new AtomicReferenceArray<>(ring);
  }

  abstract void process(Block block, long number);

  /** A block has come so far; {@link #run} is to be called after it. */
  final void ready(Block block, long number) {
    waiting.set(slot(number), block);
  }

  private int slot(long number) {
    return (int) (number % waiting.length());
  }

  /** Does what is ready, unless another thread is at it, which then does it. */
  final void run() {
    // Who has just left may have missed a block that came since: so look again after the lock.
    while (waiting.get(slot(next)) != null && lock.tryLock()) {
      try {
        long number = next;
        Block block = waiting.getAndSet(slot(number), null);
        if (block != null) {
          process(block, number);
          next = number + 1;
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
