package dev.kretsim.plan;

import java.util.Locale;

/**
 * The maxactive to set.
 *
 * @param target the miss ratio that it keeps to
 * @param safeBound enough for every task that was seen at its deepest, and each interrupt level
 * @param defaultMaxactive what the kernel gives a probe that asks for nothing
 * @param defaultMissRatio the share of the trace's calls that the default misses
 * @param memoryBytes what the recommended pool costs
 * @param why one sentence
 */
public record Recommendation(
    double target,
    int maxactive,
    Basis basis,
    int safeBound,
    int defaultMaxactive,
    double defaultMissRatio,
    long memoryBytes,
    String why) {
  /** What a recommendation rests on. */
  public enum Basis {
    /** The trace is long enough to show it. */
    OBSERVED,
    /** The trace is too short; no more can be inside at once than these tasks. */
    SAFE_BOUND;

    /** The name used in results. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
