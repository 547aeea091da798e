package dev.kretsim.scale;

import java.util.Arrays;

/**
 * What happens next: times and who they belong to. Equal times go by who, lowest first.
 *
 * <p>The few that come first are in order, the others in a heap behind them. Where many CPUs wait
 * for few lines hardly anything is behind.
 */
final class EventQueue {
  private static final int MOST_NEAR = 16;
  private static final int MOVED_AT_ONCE = 8;

  /** Those that come first, the last of them first. None of them is later than any behind. */
  private final long[] nearTimes = new long[MOST_NEAR];

  private final int[] nearWhos = new int[MOST_NEAR];
  private int near;

  private long[] times = new long[64];
  private int[] whos = new int[64];
  private int behind;
  private long earliest = Long.MAX_VALUE;

  /** The earliest time, or the largest number there is. */
  long earliest() {
    return earliest;
  }

  int first() {
    return nearWhos[near - 1];
  }

  void add(long time, int who) {
    if (behind > 0 && !before(time, who, times[0], whos[0])) {
      addBehind(time, who);
      return;
    }
    if (near == MOST_NEAR) {
      addBehind(nearTimes[0], nearWhos[0]);
      near--;
      System.arraycopy(nearTimes, 1, nearTimes, 0, near);
      System.arraycopy(nearWhos, 1, nearWhos, 0, near);
      if (!before(time, who, times[0], whos[0])) {
        addBehind(time, who);
        return;
      }
    }
    int at = near++;
    while (at > 0 && !before(time, who, nearTimes[at - 1], nearWhos[at - 1])) {
      nearTimes[at] = nearTimes[at - 1];
      nearWhos[at] = nearWhos[at - 1];
      at--;
    }
    nearTimes[at] = time;
    nearWhos[at] = who;
    earliest = nearTimes[near - 1];
  }

  void removeFirst() {
    near--;
    if (near == 0) {
      near = Math.min(behind, MOVED_AT_ONCE);
      for (int at = near - 1; at >= 0; at--) {
        nearTimes[at] = times[0];
        nearWhos[at] = whos[0];
        removeFirstBehind();
      }
    }
    earliest = near == 0 ? Long.MAX_VALUE : nearTimes[near - 1];
  }

  private void addBehind(long time, int who) {
    if (behind == times.length) {
      times = Arrays.copyOf(times, 2 * behind);
      whos = Arrays.copyOf(whos, 2 * behind);
    }
    int at = behind++;
    while (at > 0) {
      int parent = (at - 1) >> 1;
      if (!before(time, who, times[parent], whos[parent])) {
        break;
      }
      times[at] = times[parent];
      whos[at] = whos[parent];
      at = parent;
    }
    times[at] = time;
    whos[at] = who;
  }

  private void removeFirstBehind() {
    behind--;
    long time = times[behind];
    int who = whos[behind];
    int at = 0;
    while (2 * at + 1 < behind) {
      int child = 2 * at + 1;
      if (child + 1 < behind
          && before(times[child + 1], whos[child + 1], times[child], whos[child])) {
        child++;
      }
      if (before(time, who, times[child], whos[child])) {
        break;
      }
      times[at] = times[child];
      whos[at] = whos[child];
      at = child;
    }
    times[at] = time;
    whos[at] = who;
  }

  private static boolean before(long time, int who, long otherTime, int other) {
    return time < otherTime || time == otherTime && who < other;
  }
}
