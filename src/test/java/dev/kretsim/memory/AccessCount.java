package dev.kretsim.memory;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts what accesses cost a processor: atomic read-modify-writes, of which each is a locked
 * instruction, and the cache lines that were touched.
 */
public final class AccessCount {
  private final Set<Long> lines = new HashSet<>();
  private int memories;
  private int atomics;

  /** Memory whose accesses are counted here, together with those of others from here. */
  public Memory memory(Layout layout) {
    return new Counted(new RealMemory(layout), memories++);
  }

  public void reset() {
    lines.clear();
    atomics = 0;
  }

  /** Atomic read-modify-writes since the last reset. */
  public int atomics() {
    return atomics;
  }

  /** Lines touched since the last reset, if reservations begin at the start of a line. */
  public int lines() {
    return lines.size();
  }

  private final class Counted extends ForwardingMemory {
    private final long number;

    Counted(Memory behind, int number) {
      super(behind);
      this.number = number;
    }

    private void touch(int word) {
      lines.add((number << Integer.SIZE) + word / Layout.WORDS_PER_LINE);
    }

    private void exchange(int word) {
      touch(word);
      atomics++;
    }

    @Override
    public long get(int word) {
      touch(word);
      return super.get(word);
    }

    @Override
    public void set(int word, long value) {
      touch(word);
      super.set(word, value);
    }

    @Override
    public long getOpaque(int word) {
      touch(word);
      return super.getOpaque(word);
    }

    @Override
    public void setOpaque(int word, long value) {
      touch(word);
      super.setOpaque(word, value);
    }

    @Override
    public long getAcquire(int word) {
      touch(word);
      return super.getAcquire(word);
    }

    @Override
    public void setRelease(int word, long value) {
      touch(word);
      super.setRelease(word, value);
    }

    @Override
    public long compareAndExchange(int word, long expected, long next) {
      exchange(word);
      return super.compareAndExchange(word, expected, next);
    }

    @Override
    public long getAndAdd(int word, long delta) {
      exchange(word);
      return super.getAndAdd(word, delta);
    }

    @Override
    public long getAndSet(int word, long value) {
      exchange(word);
      return super.getAndSet(word, value);
    }

    @Override
    public long getAndBitwiseOr(int word, long bits) {
      exchange(word);
      return super.getAndBitwiseOr(word, bits);
    }

    @Override
    public long getAndSetBits(int word, long mask, long bits) {
      exchange(word);
      return super.getAndSetBits(word, mask, bits);
    }

    @Override
    public long awaitEqual(int word, long mask, long value) {
      touch(word);
      return super.awaitEqual(word, mask, value);
    }

    @Override
    public long awaitNotEqual(int word, long value) {
      touch(word);
      return super.awaitNotEqual(word, value);
    }
  }
}
