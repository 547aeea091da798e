package dev.kretsim.plan;

import dev.kretsim.trace.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan for one function.
 *
 * @param function its name
 * @param calls entries that were seen, or simulated
 * @param unfinished calls that began before or were still inside at the end
 * @param lostExits calls whose return is missing though they must be over
 * @param unpairedExits returns without an entry
 * @param spanNs how long was looked; null if unknown
 * @param ratePerSecond calls per second; null if unknown
 * @param hold null if no call was seen to enter and return
 * @param offeredLoad arrival rate times mean hold: the mean number inside; null if unknown
 * @param burstiness variance over mean of the number inside: 1 for calls that come at random; null
 *     if unknown
 * @param peakInside the most that were inside at once; null if unknown
 * @param threads tasks that were seen in the function; null if unknown
 * @param curve one point for each maxactive from 1 on, to {@code peakInside} where that is known
 * @param present the curve of the load as it is, where {@code curve} is that of the grown one; else
 *     empty
 * @param analytic what a formula says beside it
 * @param recommendation what is to be set, and why
 * @param asked what the pool does that was asked for; null if none was
 * @param downstream what misses cost behind the probe, with the default and with the recommended
 *     pool
 * @param notHelped causes of missing returns that a larger maxactive does not cure, a sentence each
 * @param picture the load over time; empty if unknown
 * @param counted what was counted, and from what
 */
public record FunctionPlan(
    String function,
    long calls,
    long unfinished,
    long lostExits,
    long unpairedExits,
    @Nullable Long spanNs,
    @Nullable Double ratePerSecond,
    @Nullable Hold hold,
    @Nullable Double offeredLoad,
    @Nullable Double burstiness,
    @Nullable Integer peakInside,
    @Nullable Integer threads,
    List<Point> curve,
    List<Point> present,
    Analytic analytic,
    Recommendation recommendation,
    @Nullable Capacity asked,
    List<Downstream> downstream,
    List<String> notHelped,
    Picture picture,
    Tally counted) {
  /**
   * Copies the lists.
   *
   * @param function its name
   * @param calls entries that were seen, or simulated
   * @param unfinished calls that began before or were still inside at the end
   * @param lostExits calls whose return is missing though they must be over
   * @param unpairedExits returns without an entry
   * @param spanNs how long was looked
   * @param ratePerSecond calls per second
   * @param hold null if no call was seen to enter and return
   * @param offeredLoad arrival rate times mean hold
   * @param burstiness variance over mean of the number inside
   * @param peakInside the most that were inside at once
   * @param threads tasks that were seen in the function
   * @param curve one point for each maxactive from 1 on, to {@code peakInside} where that is known
   * @param present the curve of the load as it is, where {@code curve} is that of the grown one
   * @param analytic what a formula says beside it
   * @param recommendation what is to be set, and why
   * @param asked what the pool does that was asked for
   * @param downstream what misses cost behind the probe, with the default and with the recommended
   *     pool
   * @param notHelped causes of missing returns that a larger maxactive does not cure, a sentence
   *     each
   * @param picture the load over time
   * @param counted what was counted, and from what
   */
  public FunctionPlan {
    curve = List.copyOf(curve);
    present = List.copyOf(present);
    downstream = List.copyOf(downstream);
    notHelped = List.copyOf(notHelped);
  }

  /** How long calls stayed inside, in ns. */
  public record Hold(double meanNs, long p50Ns, long p99Ns) {}

  /**
   * What one size of pool does.
   *
   * @param missed calls of the trace that it misses, or would miss of as many simulated ones
   * @param low lower bound of the long-run miss ratio
   * @param high upper bound of it
   */
  public record Point(int maxactive, long missed, double missRatio, double low, double high) {}

  /**
   * A formula's miss ratios.
   *
   * @param model {@code erlang_b} or {@code closed_ghost}
   * @param missRatios that of c is element <i>c</i> - 1; empty if unknown
   */
  public record Analytic(String model, List<Double> missRatios) {
    /**
     * Copies the ratios.
     *
     * @param model {@code erlang_b} or {@code closed_ghost}
     * @param missRatios that of c is element <i>c</i> - 1
     */
    public Analytic {
      missRatios = List.copyOf(missRatios);
    }
  }

  /**
   * What a pool can do.
   *
   * @param highestRatePerSecond up to which rate it keeps to the target, by the formula; null if
   *     unknown
   */
  public record Capacity(
      int maxactive,
      double missRatio,
      double low,
      double high,
      @Nullable Double highestRatePerSecond) {}

  /**
   * What misses cost whoever pairs entries with returns.
   *
   * @param orphansPerHour entries whose return never comes
   * @param mapFullAfterSeconds when a map that keeps each of them is full; null: never
   */
  public record Downstream(
      String pool,
      int maxactive,
      double orphansPerHour,
      int mapEntries,
      @Nullable Double mapFullAfterSeconds) {}

  /**
   * The load to look at.
   *
   * @param occupancy stretches of equal length, in order
   * @param holds how many calls stayed how long, shortest first
   */
  public record Picture(List<Stretch> occupancy, List<Bucket> holds) {
    /**
     * Copies the lists.
     *
     * @param occupancy stretches of equal length, in order
     * @param holds how many calls stayed how long, shortest first
     */
    public Picture {
      occupancy = List.copyOf(occupancy);
      holds = List.copyOf(holds);
    }

    /** {@return the picture of a load that is not known over time} */
    public static Picture empty() {
      return new Picture(List.of(), List.of());
    }
  }

  /** A stretch of time: its beginning from the first call on, the mean and the most inside. */
  public record Stretch(long fromNs, double mean, int peak) {}

  /** Calls that stayed from {@code fromNs} to below {@code toNs}. */
  public record Bucket(long fromNs, long toNs, long count) {}

  /**
   * {@return the share of the calls that a pool misses}
   *
   * @param maxactive at least 1
   */
  public double missRatio(int maxactive) {
    return maxactive > curve.size() ? 0 : curve.get(maxactive - 1).missRatio();
  }

  /**
   * {@return the point of the curve for a pool; beyond its end, that of the end with as many misses
   * as a larger pool has, none}
   *
   * @param maxactive at least 1
   */
  public Point point(int maxactive) {
    return Curves.at(curve, maxactive);
  }

  /**
   * {@return the same with another recommendation}
   *
   * @param made what is to be set, and why
   */
  public FunctionPlan with(Recommendation made) {
    return new FunctionPlan(
        function,
        calls,
        unfinished,
        lostExits,
        unpairedExits,
        spanNs,
        ratePerSecond,
        hold,
        offeredLoad,
        burstiness,
        peakInside,
        threads,
        curve,
        present,
        analytic,
        made,
        asked,
        downstream,
        notHelped,
        picture,
        counted);
  }
}
