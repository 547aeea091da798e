package dev.kretsim.plan.advise;

import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Hold;
import dev.kretsim.plan.FunctionPlan.Picture;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.Recommendation.Burst;
import dev.kretsim.trace.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a function's load, wherever from; a {@link Recommender} draws the plan.
 *
 * @param curve the miss ratios with their bounds, as found
 * @param basis what a point of the curve rests on
 * @param bound the most instances that can be needed; null if nothing bounds them
 * @param present the curve of the load as it is, if {@code curve} is that of the grown load; else
 *     null
 * @param tally what was counted
 * @param ifBursty what bursts would need, where calls are only assumed to come at random
 */
record Evidence(
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
    List<Point> curve,
    Analytic analytic,
    Basis basis,
    @Nullable SafeBound bound,
    @Nullable List<Point> present,
    List<Burst> ifBursty,
    Picture picture,
    Tally tally) {

  /** Whether the calls were drawn and not recorded. */
  boolean isSimulated() {
    return basis == Basis.MODEL && peakInside != null;
  }

  /**
   * Tasks times depth, and interrupts.
   *
   * @param threads tasks, at least 0
   * @param depth the deepest recursion of one, at least 1
   * @param interruptLevels levels of interrupts in which the function was called
   */
  record SafeBound(int threads, int depth, int interruptLevels) {
    /** Enough for so many times the tasks and interrupts, whatever they do. */
    int instances(double factor) {
      double all = factor * ((double) threads * depth + interruptLevels);
      return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(all)));
    }
  }
}
