package dev.kretsim.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Calls of one function, made up: they come at random and stay inside for lognormal times. */
final class CallLog {
  private static final double MEAN_HOLD_NS = 100_000;
  private static final double SIGMA = 1;

  /** When each call is entered, rising. */
  final long[] entryNs;

  /** How long each call is inside, at least 1. */
  final long[] holdNs;

  /**
   * The entries and returns in the order of a trace: {@code call} where it is entered, {@code
   * ~call} where it returns. A return comes before an entry at the same time.
   */
  final int[] merged;

  /**
   * @param load how many calls are inside on average
   */
  CallLog(int calls, double load, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    entryNs = new long[calls];
    holdNs = new long[calls];
    double scale = MEAN_HOLD_NS * Math.exp(-SIGMA * SIGMA / 2);
    double now = 0;
    for (int call = 0; call < calls; call++) {
      now -= Math.log(1 - random.nextDouble()) * MEAN_HOLD_NS / load;
      entryNs[call] = (long) now;
      holdNs[call] = 1 + (long) (scale * Math.exp(SIGMA * random.nextGaussian()));
    }
    merged = merge();
  }

  private int[] merge() {
    int calls = entryNs.length;
    long[] exits = new long[calls];
    for (int call = 0; call < calls; call++) {
      exits[call] = (entryNs[call] + holdNs[call]) * calls + call;
    }
    Arrays.sort(exits);
    int[] order = new int[2 * calls];
    int entered = 0;
    int at = 0;
    for (long exit : exits) {
      while (entered < calls && entryNs[entered] < exit / calls) {
        order[at++] = entered++;
      }
      order[at++] = ~(int) (exit % calls);
    }
    return order;
  }
}
