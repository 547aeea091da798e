package dev.kretsim.memory;

/** Gives interrupts a chance to come in before each access. */
public final class InterruptingMemory extends ForwardingMemory {
  private final Runnable chance;

  public InterruptingMemory(Memory behind, Runnable chance) {
    super(behind);
    this.chance = chance;
  }

  @Override
  public long get(int word) {
    chance.run();
    return super.get(word);
  }

  @Override
  public void set(int word, long value) {
    chance.run();
    super.set(word, value);
  }

  @Override
  public long getOpaque(int word) {
    chance.run();
    return super.getOpaque(word);
  }

  @Override
  public void setOpaque(int word, long value) {
    chance.run();
    super.setOpaque(word, value);
  }

  @Override
  public long getAcquire(int word) {
    chance.run();
    return super.getAcquire(word);
  }

  @Override
  public void setRelease(int word, long value) {
    chance.run();
    super.setRelease(word, value);
  }

  @Override
  public long compareAndExchange(int word, long expected, long next) {
    chance.run();
    return super.compareAndExchange(word, expected, next);
  }

  @Override
  public long getAndAdd(int word, long delta) {
    chance.run();
    return super.getAndAdd(word, delta);
  }

  @Override
  public long getAndSet(int word, long value) {
    chance.run();
    return super.getAndSet(word, value);
  }

  @Override
  public long getAndBitwiseOr(int word, long bits) {
    chance.run();
    return super.getAndBitwiseOr(word, bits);
  }

  @Override
  public long getAndSetBits(int word, long mask, long bits) {
    chance.run();
    return super.getAndSetBits(word, mask, bits);
  }

  @Override
  public long awaitEqual(int word, long mask, long value) {
    chance.run();
    return super.awaitEqual(word, mask, value);
  }

  @Override
  public long awaitNotEqual(int word, long value) {
    chance.run();
    return super.awaitNotEqual(word, value);
  }
}
