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
    /**
     * Makes memory of {@link Layout#size} words, all zero.
     *
     * @param layout complete: what is reserved afterwards does not exist in this memory
     * @return memory of which no CPU has touched a word yet
     */
    Memory create(Layout layout);
  }

  /**
   * Plain read: only of words that no other CPU can be writing.
   *
   * @param word its index
   * @return what it holds
   */
  public abstract long get(int word);

  /**
   * Plain write: only of words that no other CPU can be touching.
   *
   * @param word its index
   * @param value what it holds afterwards
   */
  public abstract void set(int word, long value);

  /**
   * Opaque read: whole and sooner or later the newest, but it orders no other access.
   *
   * @param word its index
   * @return what it holds
   */
  public abstract long getOpaque(int word);

  /**
   * Opaque write: whole and sooner or later seen, but it orders no other access.
   *
   * @param word its index
   * @param value what it holds afterwards
   */
  public abstract void setOpaque(int word, long value);

  /**
   * Acquire read: whoever sees a value that was written with release order also sees all that its
   * writer wrote before.
   *
   * @param word its index
   * @return what it holds
   */
  public abstract long getAcquire(int word);

  /**
   * Release write: whoever reads it with acquire order also sees all that was written before.
   *
   * @param word its index
   * @param value what it holds afterwards
   */
  public abstract void setRelease(int word, long value);

  /**
   * Writes {@code next} if the word holds {@code expected}. A full barrier if it writes.
   *
   * @param word its index
   * @param expected what it must hold
   * @param next what it then holds
   * @return what it held before: {@code expected} exactly if it was written
   */
  public abstract long compareAndExchange(int word, long expected, long next);

  /**
   * Exchanges if an opaque look finds {@code expected}: where it cannot succeed, the word's line
   * stays with the CPUs that have it.
   *
   * @param word its index
   * @param expected what it must hold
   * @param next what it then holds
   * @return whether it exchanged
   */
  public boolean testAndExchange(int word, long expected, long next) {
    return getOpaque(word) == expected && compareAndExchange(word, expected, next) == expected;
  }

  /**
   * Writes with release order if an opaque look finds {@code expected}. These are two accesses:
   * only for a word in which nobody else replaces that value.
   *
   * @param word its index
   * @param expected what it must hold
   * @param next what it then holds
   * @return whether it wrote
   */
  public boolean testAndRelease(int word, long expected, long next) {
    boolean found = getOpaque(word) == expected;
    if (found) {
      setRelease(word, next);
    }
    return found;
  }

  /**
   * Adds to a word in one step.
   *
   * @param word its index
   * @param delta what is added; overflow wraps around
   * @return what it held before
   */
  public abstract long getAndAdd(int word, long delta);

  /**
   * Replaces a word in one step.
   *
   * @param word its index
   * @param value what it holds afterwards
   * @return what it held before
   */
  public abstract long getAndSet(int word, long value);

  /**
   * Sets bits of a word in one step.
   *
   * @param word its index
   * @param bits those to set; the others stay
   * @return what it held before
   */
  public abstract long getAndBitwiseOr(int word, long bits);

  /**
   * Replaces some bits of a word in one step, as a processor exchanges a part of a word.
   *
   * @param word its index
   * @param mask which bits to replace; the others stay
   * @param bits what they are afterwards; it has no bits outside {@code mask}
   * @return what the whole word held before
   */
  public abstract long getAndSetBits(int word, long mask, long bits);

  /**
   * Waits until the masked word is {@code value}.
   *
   * @param word its index
   * @param mask the bits that count
   * @param value what they must be; it has no bits outside {@code mask}
   * @return the whole word, read with acquire order
   */
  public abstract long awaitEqual(int word, long mask, long value);

  /**
   * Waits until the word is not {@code value}.
   *
   * @param word its index
   * @param value what it must no longer be
   * @return the word, read with acquire order
   */
  public abstract long awaitNotEqual(int word, long value);

  /**
   * A loop begins whose rounds an operation may be run again from, instead of from its start, if it
   * is unwound. Its first round has to follow without an access in between. Real memory unwinds
   * nothing and forgets both calls.
   *
   * @return what {@link #again} knows the loop by
   */
  public int loop() {
    return 0;
  }

  /**
   * The top of a round. From here on the operation must depend on nothing but {@code state}, its
   * arguments, and what it held when the loop began. The second variable of a loop is a loop of its
   * own that begins in each round.
   *
   * @param loop what {@link #loop} returned
   * @param state what the last round has left
   * @return the same; when run again from here, what the last round had left
   */
  public long again(int loop, long state) {
    return state;
  }
}
