package dev.kretsim.benchmarks.peer;

import dev.kretsim.pool.InstancePool;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The product's ring pool written again without {@code Memory}, on an array for each CPU: what the
 * product pays for having its pools written once for all back ends. Without the spill: nothing
 * interrupts a push here.
 */
final class DirectRing implements InstancePool {
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  /** Two cache lines before the words of a CPU, and behind them. */
  private static final int PADDING = 16;

  private static final int SLOT = PADDING;
  private static final int LAST = PADDING + 1;
  private static final int HEAD = PADDING + 2;
  private static final int TAIL = PADDING + 3;
  private static final int ENTRIES = PADDING + 4;

  private static final int COUNT_SHIFT = 25;
  private static final long NONE = (1L << COUNT_SHIFT) - 1;
  private static final long ONE_PUSH = 1L << COUNT_SHIFT;

  private final int capacity;
  private final int mask;
  private final long[][] cpus;

  DirectRing(int capacity, int cpus) {
    this.capacity = capacity;
    int positions = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    mask = positions - 1;
    this.cpus = new long[cpus][];
    int instance = 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
      long[] words = new long[ENTRIES + positions + PADDING];
      int share = capacity / cpus + (cpu < capacity % cpus ? 1 : 0);
      for (int i = 0; i < share; i++) {
        words[ENTRIES + i] = instance++;
      }
      words[SLOT] = NONE;
      words[LAST] = NONE;
      words[TAIL] = share;
      this.cpus[cpu] = words;
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    long[] words = cpus[cpu];
    long last = words[LAST];
    long node = last & NONE;
    if (node != NONE
        && (long) WORD.getOpaque(words, SLOT) == last
        && (long) WORD.compareAndExchange(words, SLOT, last, last | NONE) == last) {
      return (int) node;
    }
    return search(cpu);
  }

  private int search(int cpu) {
    while (true) {
      long pushes = 0;
      for (int step = 0; step < cpus.length; step++) {
        long[] words = cpus[cpu + step < cpus.length ? cpu + step : cpu + step - cpus.length];
        long head = (long) WORD.getAcquire(words, HEAD);
        long tail = (long) WORD.getAcquire(words, TAIL);
        while (head != tail) {
          long instance = (long) WORD.getOpaque(words, entry(head));
          long witness = (long) WORD.compareAndExchange(words, HEAD, head, head + 1);
          if (witness == head) {
            return (int) instance;
          }
          head = witness;
          tail = (long) WORD.getAcquire(words, TAIL);
        }
        long held = (long) WORD.getAcquire(words, SLOT);
        while ((held & NONE) != NONE) {
          long witness = (long) WORD.compareAndExchange(words, SLOT, held, held | NONE);
          if (witness == held) {
            return (int) (held & NONE);
          }
          held = witness;
        }
        pushes += tail + (held >>> COUNT_SHIFT);
      }
      for (long[] words : cpus) {
        pushes -= (long) WORD.getAcquire(words, TAIL);
        pushes -= (long) WORD.getAcquire(words, SLOT) >>> COUNT_SHIFT;
      }
      if (pushes == 0) {
        return MISSED;
      }
    }
  }

  @Override
  public void push(int cpu, int instance) {
    long[] words = cpus[cpu];
    long last = words[LAST];
    long empty = last | NONE;
    long mine = empty + (ONE_PUSH - NONE) + instance;
    words[LAST] = mine;
    if ((long) WORD.getOpaque(words, SLOT) == empty) {
      WORD.setRelease(words, SLOT, mine);
    } else {
      pushToRing(words, last, instance);
    }
  }

  private void pushToRing(long[] words, long last, int instance) {
    words[LAST] = last;
    long tail = (long) WORD.getOpaque(words, TAIL);
    WORD.setOpaque(words, entry(tail), (long) instance);
    WORD.setRelease(words, TAIL, tail + 1);
  }

  @Override
  public int free() {
    int count = 0;
    for (long[] words : cpus) {
      count += (int) (words[TAIL] - words[HEAD]) + ((words[SLOT] & NONE) == NONE ? 0 : 1);
    }
    return count;
  }

  private int entry(long sequence) {
    return ENTRIES + (int) (sequence & mask);
  }
}
