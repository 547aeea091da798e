package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.BatchCounts;
import dev.kretsim.plan.formula.InsideLaw;
import java.util.Arrays;
import java.util.List;

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

  /**
   * @param extra for each number inside how many more times its moment is continued
   * @param weight for each number inside what a call weighs that finds so many
   */
  Splitting(int[] extra, double[] weight) {
    this.extra = extra;
    this.weight = weight;
  }

  /**
   * @param extra for each number inside how many more times its moment is continued
   */
  static Splitting at(int[] extra) {
    double[] weight = new double[extra.length];
    double product = 1;
    for (int n = 0; n < extra.length; n++) {
      product /= 1 + extra[n];
      weight[n] = product;
    }
    return new Splitting(extra, weight);
  }

  static Splitting none() {
    return at(new int[1]);
  }

  /**
   * Thresholds that make every number inside about equally often seen.
   *
   * @param law of the number inside
   * @param least the smallest share worth splitting for
   */
  static Splitting from(InsideLaw law, double least) {
    int[] extra = new int[1];
    double product = 1;
    while (true) {
      int threshold = Math.max(law.least(1 / (2 * product)), extra.length);
      double share = law.tail(threshold);
      if (share < least) {
        return at(extra);
      }
      int factor = factor(share * product);
      extra = Arrays.copyOf(extra, threshold + 1);
      extra[threshold] = factor - 1;
      product *= factor;
    }
  }

  /**
   * The same as far as a run with these thresholds can tell, or these where it tells no more.
   *
   * @param found for each number inside the weight of the calls that found so many, branches
   *     included
   * @param least the smallest share worth splitting for
   */
  Splitting deeper(List<BatchCounts> found, double least) {
    int size = found.stream().mapToInt(BatchCounts::peak).max().orElse(0) + 1;
    double[] above = new double[size];
    for (BatchCounts counts : found) {
      double[] tail = counts.tail(size);
      for (int n = 0; n < size; n++) {
        above[n] += tail[n];
      }
    }
    double[] seenAbove = new double[size + 1];
    for (int n = size - 1; n >= 0; n--) {
      double own = above[n] - (n + 1 < size ? above[n + 1] : 0);
      seenAbove[n] = seenAbove[n + 1] + own / weightAt(n);
    }
    int[] thresholds = new int[size];
    double product = 1;
    int last = 0;
    for (int n = 1; n < size; n++) {
      double share = above[n] / above[0];
      if (seenAbove[n] >= FEWEST_SEEN && share >= least && share * product <= 0.5) {
        int factor = factor(share * product);
        thresholds[n] = factor - 1;
        product *= factor;
        last = n;
      }
    }
    return last <= highest() ? this : at(Arrays.copyOf(thresholds, last + 1));
  }

  private static int factor(double timesAsOften) {
    return (int) Math.min(MOST_AT_ONCE, Math.floor(1 / timesAsOften + 1e-9));
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
