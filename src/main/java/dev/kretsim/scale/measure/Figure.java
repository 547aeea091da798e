package dev.kretsim.scale.measure;

import java.util.Arrays;
import java.util.Locale;

/**
 * What several bouts have found, in nanoseconds: the median counts, and how far they lay apart
 * tells whether anything else ran.
 */
record Figure(double value, double least, double most, int bouts) {
  /** Apart by more than this, and something was different from one bout to the next. */
  private static final double STEADY = 0.15;

  /** Shorter than a nanosecond, and its hundredths say nothing. */
  private static final double NEGLIGIBLE_NS = 0.2;

  static Figure of(double... bouts) {
    return new Figure(
        median(bouts),
        Arrays.stream(bouts).min().orElseThrow(),
        Arrays.stream(bouts).max().orElseThrow(),
        bouts.length);
  }

  static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  boolean steady() {
    return most - least <= Math.max(NEGLIGIBLE_NS, STEADY * least);
  }

  /** Where the number comes from. */
  String from() {
    return String.format(
        Locale.ROOT, "measured: median of %d bouts from %.2f to %.2f", bouts, least, most);
  }
}
