package dev.kretsim.scale;

/** Measured batches of operations: what they say of the mean time of one. */
final class Batches {
  private static final double NORMAL_95 = 1.96;

  private int count;
  private double sum;
  private double squares;

  /** Adds one by its mean time. */
  void add(double each) {
    count++;
    sum += each;
    squares += each * each;
  }

  int count() {
    return count;
  }

  double mean() {
    return sum / count;
  }

  /** By which part of it the mean may be off, with 95 % confidence; NaN for a single batch. */
  double margin() {
    double variance = Math.max(0, squares / count - mean() * mean()) / (count - 1);
    return NORMAL_95 * Math.sqrt(variance) / mean();
  }
}
