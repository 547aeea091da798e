package dev.kretsim.memory;

/**
 * Yields the processor before each write that is not atomic: a gap between a read and the write
 * that follows from it is then wide enough for other real threads to get in.
 */
public final class YieldingMemory extends ForwardingMemory {
  public YieldingMemory(Memory behind) {
    super(behind);
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // the point of it
  public void set(int word, long value) {
    Thread.yield();
    super.set(word, value);
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // the point of it
  public void setOpaque(int word, long value) {
    Thread.yield();
    super.setOpaque(word, value);
  }
}
