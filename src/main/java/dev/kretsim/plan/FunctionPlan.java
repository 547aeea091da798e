package dev.kretsim.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan for one function.
 *
 * @param calls entries in the trace
 * @param unfinished calls that began before the trace or were still inside at its end
 * @param lostExits calls whose return is missing though they must be over
 * @param unpairedExits returns without an entry
 * @param spanNs length of the trace
 * @param ratePerSecond calls per second; null for a trace without length
 * @param hold null if no call was seen to enter and return
 * @param offeredLoad arrival rate times mean hold: the mean number inside; null if unknown
 * @param peakInside the most that were inside at once
 * @param threads tasks that were seen in the function
 * @param curve one point for each maxactive from 1 to {@code peakInside}
 * @param erlangB for the same sizes, the miss ratio if calls came at random; empty if unknown
 */
public record FunctionPlan(
    String function,
    long calls,
    long unfinished,
    long lostExits,
    long unpairedExits,
    long spanNs,
    @Nullable Double ratePerSecond,
    @Nullable Hold hold,
    @Nullable Double offeredLoad,
    int peakInside,
    int threads,
    List<Point> curve,
    List<Double> erlangB,
    Recommendation recommendation) {
  public FunctionPlan {
    curve = List.copyOf(curve);
    erlangB = List.copyOf(erlangB);
  }

  /** How long calls stayed inside, in ns. */
  public record Hold(double meanNs, long p50Ns, long p99Ns) {}

  /**
   * What one size of pool does.
   *
   * @param missed calls of the trace that it misses
   * @param low lower bound of the long-run miss ratio
   * @param high upper bound of it
   */
  public record Point(int maxactive, long missed, double missRatio, double low, double high) {}

  /**
   * The share of the trace's calls that a pool misses.
   *
   * @param maxactive at least 1
   */
  public double missRatio(int maxactive) {
    return maxactive > curve.size() ? 0 : curve.get(maxactive - 1).missRatio();
  }
}
