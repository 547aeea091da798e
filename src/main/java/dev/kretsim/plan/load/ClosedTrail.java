package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.OccupancyProbe;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * So many threads, each of which calls, stays inside, thinks, and calls again. A missed call keeps
 * its thread busy as any other.
 *
 * <p>A heap has one entry for each thread: when it does what next. Exits come before entries at the
 * same time.
 */
final class ClosedTrail extends Trail {
  private static final int THINKING = -1;

  private final DoubleSupplier holds;
  private final DoubleSupplier thinks;
  private final double[] times;

  /** The index of the call that ends then, or {@link #THINKING}. */
  private final int[] calls;

  private double lastHold;

  /**
   * @param begins for each thread, when it makes its first call, in ns
   */
  ClosedTrail(double[] begins, DoubleSupplier holds, DoubleSupplier thinks) {
    this.holds = holds;
    this.thinks = thinks;
    this.times = begins.clone();
    this.calls = new int[times.length];
    Arrays.sort(times);
    Arrays.fill(calls, THINKING);
  }

  @Override
  public int arrive() {
    while (calls[0] != THINKING) {
      look(times[0]);
      free.giveBack(calls[0]);
      inside--;
      replaceTop(times[0] + thinks.getAsDouble(), THINKING);
    }
    look(times[0]);
    nowNs = times[0];
    return inside;
  }

  private void look(double beforeNs) {
    OccupancyProbe watching = probe;
    while (watching != null && watching.nextNs() < beforeNs) {
      watching.look(inside);
    }
  }

  @Override
  public int enter() {
    int index = free.takeLowest();
    inside++;
    lastHold = holds.getAsDouble();
    replaceTop(nowNs + lastHold, index);
    return index;
  }

  private void replaceTop(double time, int call) {
    int hole = 0;
    int length = times.length;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= length) {
        break;
      }
      if (child + 1 < length
          && before(times[child + 1], calls[child + 1], times[child], calls[child])) {
        child++;
      }
      if (!before(times[child], calls[child], time, call)) {
        break;
      }
      times[hole] = times[child];
      calls[hole] = calls[child];
      hole = child;
    }
    times[hole] = time;
    calls[hole] = call;
  }

  private static boolean before(double time, int call, double otherTime, int otherCall) {
    return time < otherTime || (time == otherTime && call != THINKING && otherCall == THINKING);
  }

  @Override
  double lastHoldNs() {
    return lastHold;
  }

  @Override
  int entries() {
    return times.length;
  }

  @Override
  void copyFrom(Trail other) {
    ClosedTrail from = (ClosedTrail) other;
    copyCommon(from);
    System.arraycopy(from.times, 0, times, 0, times.length);
    System.arraycopy(from.calls, 0, calls, 0, calls.length);
  }
}
