package dev.kretsim.memory;

/**
 * The words that emulated CPUs share, and the only way to touch them.
 *
 * <p>Pools and locks are written against this class once. What an access does is up to the back
 * end: {@link RealMemory} performs it, {@link PlainMemory} does so for a single thread, {@code
 * Interleaving} stops before it, so that CPUs can be interleaved access by access on one thread.
 * Code that keeps all its state here and none in Java fields may therefore be unwound at any access
 * and run again from its start.
 *
 * <p><b>Ordering.</b> Method names are those of {@link java.lang.invoke.VarHandle} and so are their
 * guarantees; read-modify-write operations are full fences.
 */
public abstract class Memory {
  /** Makes the memory behind a finished {@link Layout}, all zero. */
  @FunctionalInterface
  public interface Factory {
    Memory create(Layout layout);
  }

  /** Plain read: only of words that no other CPU can be writing. */
  public abstract long get(int word);

  /** Plain write: only of words that no other CPU can be touching. */
  public abstract void set(int word, long value);

  public abstract long getOpaque(int word);

  public abstract void setOpaque(int word, long value);

  public abstract long getAcquire(int word);

  public abstract void setRelease(int word, long value);

  /** Writes {@code next} if the word holds {@code expected}; returns what it held. */
  public abstract long compareAndExchange(int word, long expected, long next);

  /**
   * Exchanges if an opaque look finds {@code expected}: where it cannot succeed, the word's line
   * stays with the CPUs that have it.
   *
   * @return whether it exchanged
   */
  public boolean testAndExchange(int word, long expected, long next) {
    return getOpaque(word) == expected && compareAndExchange(word, expected, next) == expected;
  }

  /**
   * Writes with release order if an opaque look finds {@code expected}. These are two accesses:
   * only for a word in which nobody else replaces that value.
   *
   * @return whether it wrote
   */
  public boolean testAndRelease(int word, long expected, long next) {
    boolean found = getOpaque(word) == expected;
    if (found) {
      setRelease(word, next);
    }
    return found;
  }

  /** Adds; returns what the word held before. */
  public abstract long getAndAdd(int word, long delta);

  /** Writes; returns what the word held before. */
  public abstract long getAndSet(int word, long value);

  /** Sets bits; returns what the word held before. */
  public abstract long getAndBitwiseOr(int word, long bits);

  /**
   * Waits until the masked word is {@code value}.
   *
   * @return the whole word, read with acquire order
   */
  public abstract long awaitEqual(int word, long mask, long value);

  /**
   * Waits until the word is not {@code value}.
   *
   * @return the word, read with acquire order
   */
  public abstract long awaitNotEqual(int word, long value);
}
