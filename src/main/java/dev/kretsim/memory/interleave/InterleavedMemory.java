package dev.kretsim.memory.interleave;

import dev.kretsim.memory.Memory;
import dev.kretsim.memory.interleave.Access.Kind;

/** Words of an {@link Interleaving}: each access is handed to it. */
final class InterleavedMemory extends Memory {
  private final Interleaving interleaving;
  private final int number;

  InterleavedMemory(Interleaving interleaving, int number) {
    this.interleaving = interleaving;
    this.number = number;
  }

  private long access(Kind kind, int word, long first, long second) {
    return interleaving.access(kind, number, word, first, second);
  }

  @Override
  public long get(int word) {
    return access(Kind.GET, word, 0, 0);
  }

  @Override
  public void set(int word, long value) {
    access(Kind.SET, word, value, 0);
  }

  @Override
  public long getOpaque(int word) {
    return access(Kind.GET_OPAQUE, word, 0, 0);
  }

  @Override
  public void setOpaque(int word, long value) {
    access(Kind.SET_OPAQUE, word, value, 0);
  }

  @Override
  public long getAcquire(int word) {
    return access(Kind.GET_ACQUIRE, word, 0, 0);
  }

  @Override
  public void setRelease(int word, long value) {
    access(Kind.SET_RELEASE, word, value, 0);
  }

  @Override
  public long compareAndExchange(int word, long expected, long next) {
    return access(Kind.COMPARE_AND_EXCHANGE, word, expected, next);
  }

  @Override
  public long getAndAdd(int word, long delta) {
    return access(Kind.GET_AND_ADD, word, delta, 0);
  }

  @Override
  public long getAndSet(int word, long value) {
    return access(Kind.GET_AND_SET, word, value, 0);
  }

  @Override
  public long getAndBitwiseOr(int word, long bits) {
    return access(Kind.GET_AND_BITWISE_OR, word, bits, 0);
  }

  @Override
  public long getAndSetBits(int word, long mask, long bits) {
    return access(Kind.GET_AND_SET_BITS, word, mask, bits);
  }

  @Override
  public long awaitEqual(int word, long mask, long value) {
    return access(Kind.AWAIT_EQUAL, word, mask, value);
  }

  @Override
  public long awaitNotEqual(int word, long value) {
    return access(Kind.AWAIT_NOT_EQUAL, word, value, 0);
  }

  @Override
  public int loop() {
    return interleaving.loop();
  }

  @Override
  public long again(int loop, long state) {
    return interleaving.again(loop, state);
  }
}
