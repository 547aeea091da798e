package dev.kretsim.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts numbers (indexes of calls) in successive batches of equal length, without knowing how many
 * will come: when {@value #MOST} batches are full, each two neighbours become one and the length
 * doubles. So from half that number on there are always between half and all of it.
 */
final class BatchCounts {
  /** The most batches; a multiple of 8, so that they can be taken two and four at a time. */
  static final int MOST = 64;

  private final long[][] batches = new long[MOST][];
  private long length = 1;
  private int full;
  private long inCurrent;
  private long total;

  void add(int index) {
    long[] current = batches[full];
    if (current == null || index >= current.length) {
      current = current == null ? new long[index + 1] : Arrays.copyOf(current, 2 * index + 1);
      batches[full] = current;
    }
    current[index]++;
    total++;
    if (++inCurrent == length) {
      inCurrent = 0;
      full++;
      if (full == MOST) {
        merge();
      }
    }
  }

  private void merge() {
    for (int i = 0; i < MOST / 2; i++) {
      batches[i] = sum(batches[2 * i], batches[2 * i + 1]);
    }
    Arrays.fill(batches, MOST / 2, MOST, null);
    full = MOST / 2;
    length *= 2;
  }

  private static long[] sum(long[] a, long[] b) {
    long[] longer = a.length >= b.length ? a : b;
    long[] shorter = a.length >= b.length ? b : a;
    for (int i = 0; i < shorter.length; i++) {
      longer[i] += shorter[i];
    }
    return longer;
  }

  /** How many numbers came. */
  long total() {
    return total;
  }

  /** How many numbers a batch holds. */
  long length() {
    return length;
  }

  /** How many batches are full. */
  int full() {
    return full;
  }

  /** For each number below {@code size}, how many were that or more, in all. */
  long[] tail(int size) {
    long[] tail = new long[size];
    for (long[] batch : batches) {
      addTo(tail, batch);
    }
    return summedFromTheEnd(tail);
  }

  /** For each number below {@code size}, how many in one batch were that or more. */
  long[] tail(int size, int batch) {
    long[] tail = new long[size];
    addTo(tail, batches[batch]);
    return summedFromTheEnd(tail);
  }

  private static void addTo(long[] tail, long @Nullable [] batch) {
    if (batch != null) {
      for (int i = 0; i < batch.length; i++) {
        tail[Math.min(i, tail.length - 1)] += batch[i];
      }
    }
  }

  private static long[] summedFromTheEnd(long[] tail) {
    for (int i = tail.length - 2; i >= 0; i--) {
      tail[i] += tail[i + 1];
    }
    return tail;
  }
}
