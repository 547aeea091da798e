package dev.kretsim.benchmarks;

import dev.kretsim.pool.InstancePool;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The product's ring pool written again without {@code Memory}, on an array for each ring: what the
 * product pays for having its pools written once for all back ends. Without the spill: nothing
 * interrupts a push here.
 */
final class DirectRing implements InstancePool {
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  /** Two cache lines before the words of a ring, and behind them. */
  private static final int PADDING = 16;

  private static final int HEAD = PADDING;
  private static final int TAIL = PADDING + 1;
  private static final int PUSHING = PADDING + 2;
  private static final int ENTRIES = PADDING + 3;

  private final int capacity;
  private final int mask;
  private final long[][] rings;

  DirectRing(int capacity, int cpus) {
    this.capacity = capacity;
    int positions = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    mask = positions - 1;
    rings = new long[cpus][];
    int instance = 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
      long[] ring = new long[ENTRIES + positions + PADDING];
      int share = capacity / cpus + (cpu < capacity % cpus ? 1 : 0);
      for (int i = 0; i < share; i++) {
        ring[ENTRIES + i] = instance++;
      }
      ring[TAIL] = share;
      rings[cpu] = ring;
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    while (true) {
      long pushes = 0;
      for (int step = 0; step < rings.length; step++) {
        int victim = cpu + step;
        long[] ring = rings[victim < rings.length ? victim : victim - rings.length];
        long head = (long) WORD.getAcquire(ring, HEAD);
        long tail = (long) WORD.getAcquire(ring, TAIL);
        while (head != tail) {
          long instance = (long) WORD.getOpaque(ring, entry(head));
          long witness = (long) WORD.compareAndExchange(ring, HEAD, head, head + 1);
          if (witness == head) {
            return (int) instance;
          }
          head = witness;
          tail = (long) WORD.getAcquire(ring, TAIL);
        }
        pushes += tail;
      }
      for (long[] ring : rings) {
        pushes -= (long) WORD.getAcquire(ring, TAIL);
      }
      if (pushes == 0) {
        return MISSED;
      }
    }
  }

  @Override
  public void push(int cpu, int instance) {
    long[] ring = rings[cpu];
    if ((long) WORD.getOpaque(ring, PUSHING) != 0) {
      throw new IllegalStateException("a push in the middle of a push: cpu=" + cpu);
    }
    WORD.setOpaque(ring, PUSHING, 1L);
    long tail = (long) WORD.getOpaque(ring, TAIL);
    WORD.setOpaque(ring, entry(tail), (long) instance);
    WORD.setRelease(ring, TAIL, tail + 1);
    WORD.setOpaque(ring, PUSHING, 0L);
  }

  @Override
  public int free() {
    int count = 0;
    for (long[] ring : rings) {
      count += (int) (ring[TAIL] - ring[HEAD]);
    }
    return count;
  }

  private int entry(long sequence) {
    return ENTRIES + (int) (sequence & mask);
  }
}
