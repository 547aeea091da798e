package dev.kretsim.memory;

/** Passes each access on. Broken memories for tests override the one that they break. */
public abstract class ForwardingMemory extends Memory {
  private final Memory behind;

  protected ForwardingMemory(Memory behind) {
    this.behind = behind;
  }

  @Override
  public long get(int word) {
    return behind.get(word);
  }

  @Override
  public void set(int word, long value) {
    behind.set(word, value);
  }

  @Override
  public long getOpaque(int word) {
    return behind.getOpaque(word);
  }

  @Override
  public void setOpaque(int word, long value) {
    behind.setOpaque(word, value);
  }

  @Override
  public long getAcquire(int word) {
    return behind.getAcquire(word);
  }

  @Override
  public void setRelease(int word, long value) {
    behind.setRelease(word, value);
  }

  @Override
  public long compareAndExchange(int word, long expected, long next) {
    return behind.compareAndExchange(word, expected, next);
  }

  @Override
  public long getAndAdd(int word, long delta) {
    return behind.getAndAdd(word, delta);
  }

  @Override
  public long getAndSet(int word, long value) {
    return behind.getAndSet(word, value);
  }

  @Override
  public long getAndBitwiseOr(int word, long bits) {
    return behind.getAndBitwiseOr(word, bits);
  }

  @Override
  public long getAndSetBits(int word, long mask, long bits) {
    return behind.getAndSetBits(word, mask, bits);
  }

  @Override
  public long awaitEqual(int word, long mask, long value) {
    return behind.awaitEqual(word, mask, value);
  }

  @Override
  public long awaitNotEqual(int word, long value) {
    return behind.awaitNotEqual(word, value);
  }
}
