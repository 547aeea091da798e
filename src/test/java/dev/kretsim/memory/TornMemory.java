package dev.kretsim.memory;

/** Broken: each read-modify-write is a read and then a write, between which others get in. */
public final class TornMemory extends ForwardingMemory {
  public TornMemory(Memory behind) {
    super(behind);
  }

  @Override
  public long compareAndExchange(int word, long expected, long next) {
    long before = getAcquire(word);
    if (before == expected) {
      setRelease(word, next);
    }
    return before;
  }

  @Override
  public long getAndAdd(int word, long delta) {
    long before = getAcquire(word);
    setRelease(word, before + delta);
    return before;
  }

  @Override
  public long getAndSet(int word, long value) {
    long before = getAcquire(word);
    setRelease(word, value);
    return before;
  }

  @Override
  public long getAndBitwiseOr(int word, long bits) {
    long before = getAcquire(word);
    setRelease(word, before | bits);
    return before;
  }

  @Override
  public long getAndSetBits(int word, long mask, long bits) {
    long before = getAcquire(word);
    setRelease(word, before & ~mask | bits);
    return before;
  }
}
