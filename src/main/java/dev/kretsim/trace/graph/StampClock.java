package dev.kretsim.trace.graph;

/**
 * Whether stamps tell time, by calls that tell their durations too: those are in nanoseconds by
 * whatever {@code trace_clock} the stamps are. By some of them ({@code counter}, {@code uptime})
 * the stamps of a call hardly differ, by others ({@code x86-tsc}) all of them by the same multiple
 * of what it took.
 */
final class StampClock {
  /** Shorter calls lie further apart for what it takes to record them. */
  private static final long LONG_NS = 20_000;

  private static final int ENOUGH = 8;
  private static final double FAST = 1.5;
  private static final double ALIKE = 1.25;

  private long calls;
  private long returns;
  private long shorter;
  private double least = Double.MAX_VALUE;
  private double most;

  /**
   * A call has returned.
   *
   * @param apartNs from its entry to its return, as the stamps tell
   * @param holdNs as its duration tells
   * @param leewayNs what stamps leave open
   */
  void compare(long apartNs, long holdNs, long leewayNs) {
    if (holdNs < LONG_NS) {
      return;
    }
    compareLeaf(apartNs, holdNs, leewayNs);
    returns++;
    double ratio = (double) apartNs / holdNs;
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }

  /** As above, but the later stamp is that of what its task did next. */
  void compareLeaf(long apartNs, long holdNs, long leewayNs) {
    if (holdNs >= LONG_NS) {
      calls++;
      if (apartNs + 2 * leewayNs < holdNs / 2) {
        shorter++;
      }
    }
  }

  /** Whether most calls lie less than half as far apart as they took. */
  boolean countsNoTime() {
    return calls >= ENOUGH && shorter > calls / 2;
  }

  /** How many times as far apart as they took all calls lie; 1 if that is no multiple. */
  double factor() {
    return returns >= ENOUGH && least > FAST && most < ALIKE * least ? (least + most) / 2 : 1;
  }
}
