package dev.kretsim.memory;

/**
 * Of one thread, which looks at it until a deadline. A wait on real memory that is not over at once
 * never is: nobody else is there to end it.
 */
public final class LonelyMemory extends ForwardingMemory {
  private final boolean real;

  public LonelyMemory(Memory behind, Deadline deadline) {
    super(new InterruptingMemory(behind, deadline));
    real = behind instanceof RealMemory;
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
