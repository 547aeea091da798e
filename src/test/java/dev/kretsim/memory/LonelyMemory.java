package dev.kretsim.memory;

/**
 * Of one thread, which may use it until a deadline. A wait on real memory that is not over at once
 * never is: nobody else is there to end it.
 */
public final class LonelyMemory extends ForwardingMemory {
  /** The clock is slow to read. */
  private static final int ACCESSES_A_LOOK = 1024;

  private final boolean real;

  public LonelyMemory(Memory behind, Deadline deadline) {
    super(new InterruptingMemory(behind, looking(deadline)));
    real = behind instanceof RealMemory;
  }

  private static Runnable looking(Deadline deadline) {
    int[] accesses = new int[1];
    return () -> {
      if (++accesses[0] % ACCESSES_A_LOOK == 0) {
        deadline.run();
      }
    };
  }

  @Override
  public long awaitEqual(int word, long mask, long value) {
    if (real && (getAcquire(word) & mask) != value) {
      throw new AssertionError("waits for ever");
    }
    return super.awaitEqual(word, mask, value);
  }

  @Override
  public long awaitNotEqual(int word, long value) {
    if (real && getAcquire(word) == value) {
      throw new AssertionError("waits for ever");
    }
    return super.awaitNotEqual(word, value);
  }
}
