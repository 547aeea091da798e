package dev.kretsim.plan;

import java.util.Arrays;

/**
 * At how many inside a trail is continued more than once, and what a call then weighs.
 *
 * <p>RESTART, repeated trials after thresholds: when the number inside climbs to a threshold, the
 * moment is continued R times; each continuation but the first ends when the number falls below the
 * threshold again, and while it is at or above it every call weighs 1/R of what it weighed below.
 * So weighted counts mean what they would without splitting, and rare numbers are seen often.
 * Source: M. and J. Villen-Altamirano, RESTART, 1991.
 */
final class Splitting {
  /** The best factor for a threshold lies near 2 to 4; more only where one step is that rare. */
  private static final int MOST_AT_ONCE = 16;

  private static final double FEWEST_SEEN = 200;

  private final int[] extra;
  private final double[] weight;

  private Splitting(int[] extra) {
    this.extra = extra;
    this.weight = new double[extra.length];
    double product = 1;
    for (int n = 0; n < extra.length; n++) {
      product /= 1 + extra[n];
      weight[n] = product;
    }
  }

  static Splitting none() {
    return new Splitting(new int[1]);
  }

  /**
   * Thresholds that make every number inside about equally often seen, as far as a pilot run can
   * tell.
   *
   * @param seen how often the pilot run saw each number inside, branches included
   * @param weights the same, weighted
   * @param least the smallest share worth splitting for
   */
  static Splitting from(long[] seen, double[] weights, double least) {
    double all = Arrays.stream(weights).sum();
    int[] extra = new int[seen.length];
    double weightAbove = all;
    long seenAbove = Arrays.stream(seen).sum();
    double product = 1;
    int last = 0;
    for (int n = 0; n < seen.length; n++) {
      double share = weightAbove / all;
      if (n > 0 && seenAbove >= FEWEST_SEEN && share >= least) {
        int factor = (int) Math.min(MOST_AT_ONCE, Math.floor(1 / (share * product) + 1e-9));
        if (factor >= 2) {
          extra[n] = factor - 1;
          product *= factor;
          last = n;
        }
      }
      weightAbove -= weights[n];
      seenAbove -= seen[n];
    }
    return new Splitting(Arrays.copyOf(extra, last + 1));
  }

  /** How many more times the moment is continued when the number inside climbs to this. */
  int extraAt(int inside) {
    return inside < extra.length ? extra[inside] : 0;
  }

  /** What a call weighs that finds so many inside. */
  double weightAt(int inside) {
    return weight[Math.min(inside, weight.length - 1)];
  }

  /** The highest threshold; 0 if there is none. */
  int highest() {
    return extra.length - 1;
  }
}
