package dev.kretsim.plan;

import java.util.Arrays;

/** How often calls found how many inside. */
final class InsideCounts {
  private long[] seen = new long[64];
  private double[] weights = new double[64];
  private int most;

  void add(int inside, double weight) {
    if (inside >= seen.length) {
      seen = Arrays.copyOf(seen, 2 * inside);
      weights = Arrays.copyOf(weights, 2 * inside);
    }
    most = Math.max(most, inside);
    seen[inside]++;
    weights[inside] += weight;
  }

  /** The thresholds that follow, down to a share of {@code least} of the calls. */
  Splitting splitting(double least) {
    return Splitting.from(Arrays.copyOf(seen, most + 1), Arrays.copyOf(weights, most + 1), least);
  }
}
