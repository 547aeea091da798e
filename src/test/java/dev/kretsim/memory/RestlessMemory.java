package dev.kretsim.memory;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Of real threads, which yield the processor before some of their accesses, so that others get in
 * between; and which give up at a deadline.
 */
public final class RestlessMemory extends ForwardingMemory {
  /** Rare enough for a thread to get somewhere before it is the turn of the next. */
  private static final int ACCESSES_A_YIELD = 8;

  public RestlessMemory(Memory behind, Deadline deadline, long seed) {
    super(new InterruptingMemory(behind, meeting(deadline, seed)));
  }

  @SuppressWarnings("ThreadPriorityCheck") // the point of it
  private static Runnable meeting(Deadline deadline, long seed) {
    AtomicLong threads = new AtomicLong();
    ThreadLocal<SplittableRandom> random =
        ThreadLocal.withInitial(() -> new SplittableRandom(seed + threads.getAndIncrement()));
    return () -> {
      if (random.get().nextInt(ACCESSES_A_YIELD) == 0) {
        deadline.run();
        Thread.yield();
      }
    };
  }

  @Override
  public long awaitEqual(int word, long mask, long value) {
    long seen = getAcquire(word);
    while ((seen & mask) != value) {
      seen = getAcquire(word);
    }
    return seen;
  }

  @Override
  public long awaitNotEqual(int word, long value) {
    long seen = getAcquire(word);
    while (seen == value) {
      seen = getAcquire(word);
    }
    return seen;
  }
}
