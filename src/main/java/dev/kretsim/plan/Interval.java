package dev.kretsim.plan;

/** The range in which a ratio lies at some confidence; {@code 0 <= low <= high <= 1}. */
public record Interval(double low, double high) {
  /**
   * {@return the smallest range that has both in it}
   *
   * @param other another range
   */
  public Interval cover(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  /**
   * {@return the range that is as wide and lies elsewhere, cut where ratios end}
   *
   * @param by how far it lies above this one
   */
  public Interval shifted(double by) {
    return new Interval(within(low + by), within(high + by));
  }

  private static double within(double ratio) {
    return Math.max(0, Math.min(1, ratio));
  }
}
