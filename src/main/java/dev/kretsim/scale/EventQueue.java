package dev.kretsim.scale;

import java.util.Arrays;

/**
 * What happens next: a heap of times and who they belong to. Equal times go by who, lowest first.
 */
final class EventQueue {
  private long[] times = new long[64];
  private int[] whos = new int[64];
  private int size;

  /** The earliest time, or the largest number there is. */
  long earliest() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  int first() {
    return whos[0];
  }

  void add(long time, int who) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      whos = Arrays.copyOf(whos, 2 * size);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >> 1;
      if (!before(time, who, parent)) {
        break;
      }
      times[at] = times[parent];
      whos[at] = whos[parent];
      at = parent;
    }
    times[at] = time;
    whos[at] = who;
  }

  void removeFirst() {
    size--;
    long time = times[size];
    int who = whos[size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && before(times[child + 1], whos[child + 1], child)) {
        child++;
      }
      if (before(time, who, child)) {
        break;
      }
      times[at] = times[child];
      whos[at] = whos[child];
      at = child;
    }
    times[at] = time;
    whos[at] = who;
  }

  private boolean before(long time, int who, int other) {
    return time < times[other] || time == times[other] && who < whos[other];
  }
}
