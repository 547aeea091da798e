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
}
