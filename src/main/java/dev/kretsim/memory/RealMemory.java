package dev.kretsim.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The machine's own memory: one array, reached through a {@link VarHandle}.
 *
 * <p>There may be more emulated CPUs than real ones, and then the CPU that a waiter waits for may
 * not be running: waiting spins a little, then yields the processor at each look, then naps. The
 * naps let the holder of a lock run: with 16 CPUs on 2 processors they make a test-and-set lock
 * about four times faster. A lock that serves in order cannot gain so: the next in line has to be
 * woken first.
 */
public final class RealMemory extends Memory {
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  /** About a microsecond of looking: longer than a hand-over between two running CPUs takes. */
  private static final int SPINS = 128;

  /** Looks after which whoever we wait for is taken not to be running at all. */
  private static final int PATIENCE = SPINS + 64;

  /** The shortest nap there is: timers of the host round it up to some tens of microseconds. */
  private static final long NAP_NS = 1_000;

  private final long[] words;

  /**
   * Makes memory that is all zero.
   *
   * @param layout how many words there are
   */
  public RealMemory(Layout layout) {
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
    return (long) WORD.getOpaque(words, word);
  }

  @Override
  public void setOpaque(int word, long value) {
    WORD.setOpaque(words, word, value);
  }

  @Override
  public long getAcquire(int word) {
    return (long) WORD.getAcquire(words, word);
  }

  @Override
  public void setRelease(int word, long value) {
    WORD.setRelease(words, word, value);
  }

  @Override
  public long compareAndExchange(int word, long expected, long next) {
    return (long) WORD.compareAndExchange(words, word, expected, next);
  }

  // In these two the array is loaded once: after an ordered access compilers load fields again.

  @Override
  public boolean testAndExchange(int word, long expected, long next) {
    long[] array = words;
    return (long) WORD.getOpaque(array, word) == expected
        && (long) WORD.compareAndExchange(array, word, expected, next) == expected;
  }

  @Override
  public boolean testAndRelease(int word, long expected, long next) {
    long[] array = words;
    boolean found = (long) WORD.getOpaque(array, word) == expected;
    if (found) {
      WORD.setRelease(array, word, next);
    }
    return found;
  }

  @Override
  public long getAndAdd(int word, long delta) {
    return (long) WORD.getAndAdd(words, word, delta);
  }

  @Override
  public long getAndSet(int word, long value) {
    return (long) WORD.getAndSet(words, word, value);
  }

  @Override
  public long getAndBitwiseOr(int word, long bits) {
    return (long) WORD.getAndBitwiseOr(words, word, bits);
  }

  @Override
  public long getAndSetBits(int word, long mask, long bits) {
    long before = getOpaque(word);
    while (true) {
      long witness = compareAndExchange(word, before, before & ~mask | bits);
      if (witness == before) {
        return before;
      }
      before = witness;
    }
  }

  @Override
  public long awaitEqual(int word, long mask, long value) {
    int looks = 0;
    while (true) {
      long seen = getAcquire(word);
      if ((seen & mask) == value) {
        return seen;
      }
      pause(looks);
      looks = Math.min(looks + 1, PATIENCE);
    }
  }

  @Override
  public long awaitNotEqual(int word, long value) {
    int looks = 0;
    while (true) {
      long seen = getAcquire(word);
      if (seen != value) {
        return seen;
      }
      pause(looks);
      looks = Math.min(looks + 1, PATIENCE);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // whom we wait for may need this very processor
  private static void pause(int looks) {
    if (looks < SPINS) {
      Thread.onSpinWait();
    } else if (looks < PATIENCE) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(NAP_NS);
    }
  }
}
