package dev.kretsim.benchmarks.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A time or a ratio of times: the 20th percentile of all iterations, which time that others steal
 * moves least, and how far that of a single fork lay from it. Of processes that were timed as a
 * whole, it is the median.
 *
 * @param low the least that fits
 * @param high the most that fits
 */
public record Estimate(double value, double low, double high) {
  private static final double QUANTILE = 0.2;
  private static final double MEDIAN = 0.5;

  /**
   * @param forks the iterations of each fork; at least one in all
   */
  public static Estimate of(List<List<Double>> forks) {
    List<Double> all = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (List<Double> fork : forks) {
      all.addAll(fork);
      double value = quantile(fork, QUANTILE);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    boolean whole = forks.stream().allMatch(fork -> fork.size() == 1);
    double value = quantile(all, whole ? MEDIAN : QUANTILE);
    return new Estimate(value, Math.min(low, value), Math.max(high, value));
  }

  public Estimate over(Estimate other) {
    return new Estimate(value / other.value, low / other.high, high / other.low);
  }

  /** Of a ratio, how many times it or its inverse is away from 1. */
  Estimate away() {
    double least = low <= 1 && high >= 1 ? 1 : Math.min(away(low), away(high));
    return new Estimate(away(value), least, Math.max(away(low), away(high)));
  }

  private static double away(double ratio) {
    return Math.max(ratio, 1 / ratio);
  }

  public static double quantile(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    double position = share * (sorted.size() - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (position - below) * (sorted.get(above) - sorted.get(below));
  }
}
