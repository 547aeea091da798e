package dev.kretsim.memory;

/**
 * Memory for one thread that drives all emulated CPUs in turn: plain accesses, no orderings, since
 * nothing happens meanwhile. So a wait can only be for what is there already.
 */
public final class PlainMemory extends Memory {
  private final long[] words;

  /**
   * Makes memory that is all zero.
   *
   * @param layout how many words there are
   */
  public PlainMemory(Layout layout) {
    words = new long[layout.size()];
  }

  @Override
  public long get(int word) {
    return words[word];
  }

  @Override
  public void set(int word, long value) {
    words[word] = value;
  }

  @Override
  public long getOpaque(int word) {
    return words[word];
  }

  @Override
  public void setOpaque(int word, long value) {
    words[word] = value;
  }

  @Override
  public long getAcquire(int word) {
    return words[word];
  }

  @Override
  public void setRelease(int word, long value) {
    words[word] = value;
  }

  @Override
  public long compareAndExchange(int word, long expected, long next) {
    long before = words[word];
    if (before == expected) {
      words[word] = next;
    }
    return before;
  }

  @Override
  public long getAndAdd(int word, long delta) {
    long before = words[word];
    words[word] = before + delta;
    return before;
  }

  @Override
  public long getAndSet(int word, long value) {
    long before = words[word];
    words[word] = value;
    return before;
  }

  @Override
  public long getAndBitwiseOr(int word, long bits) {
    long before = words[word];
    words[word] = before | bits;
    return before;
  }

  @Override
  public long getAndSetBits(int word, long mask, long bits) {
    long before = words[word];
    words[word] = before & ~mask | bits;
    return before;
  }

  /**
   * Looks whether the masked word is {@code value}.
   *
   * @throws IllegalStateException if it is not: nobody else could change that
   */
  @Override
  public long awaitEqual(int word, long mask, long value) {
    if ((words[word] & mask) != value) {
      throw endlessWait(word);
    }
    return words[word];
  }

  /**
   * Looks whether the word is not {@code value}.
   *
   * @throws IllegalStateException if it is: nobody else could change that
   */
  @Override
  public long awaitNotEqual(int word, long value) {
    if (words[word] == value) {
      throw endlessWait(word);
    }
    return words[word];
  }

  private IllegalStateException endlessWait(int word) {
    return new IllegalStateException(
        "one thread waits for itself: word=%d holds 0x%x".formatted(word, words[word]));
  }
}
