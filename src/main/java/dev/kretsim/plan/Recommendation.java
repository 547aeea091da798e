package dev.kretsim.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The maxactive to set.
 *
 * @param target the miss ratio that it keeps to
 * @param safeBound enough for every task that was seen at its deepest, and each interrupt level;
 *     null if nothing bounds the number inside
 * @param defaultMaxactive what the kernel gives a probe that asks for nothing
 * @param defaultMissRatio the share of the calls that the default misses
 * @param memoryBytes what the recommended pool costs
 * @param growth how many times the load it was made to fit
 * @param withinTracefs whether {@code kprobe_events} takes that many
 * @param highestRatePerSecond up to which rate it keeps to the target, by the formula; null if
 *     unknown
 * @param why one sentence
 */
public record Recommendation(
    double target,
    int maxactive,
    Basis basis,
    @Nullable Integer safeBound,
    int defaultMaxactive,
    double defaultMissRatio,
    long memoryBytes,
    double growth,
    boolean withinTracefs,
    @Nullable Double highestRatePerSecond,
    String why) {
  /** What a recommendation rests on. */
  public enum Basis {
    /** The trace is long enough to show it. */
    OBSERVED,
    /** A model of the load shows it. */
    MODEL,
    /** The trace is too short; no more can be inside at once than these tasks. */
    SAFE_BOUND;

    /** The name used in results. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
