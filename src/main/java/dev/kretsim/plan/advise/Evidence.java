package dev.kretsim.plan.advise;

import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Hold;
import dev.kretsim.plan.FunctionPlan.Picture;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Recommendation.Basis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a function's load, wherever from; a {@link Recommender} draws the plan.
 *
 * @param curve the miss ratios with their bounds, as found
 * @param basis what a point of the curve rests on
 * @param bound the most instances that can be needed; null if nothing bounds them
 * @param growthIsInTheCurve whether the curve already is that of the grown load
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
    boolean growthIsInTheCurve,
    Picture picture) {

  /**
   * Tasks times depth, and interrupts.
   *
   * @param threads tasks, at least 0
   * @param depth the deepest recursion of one, at least 1
   * @param interruptLevels levels of interrupts in which the function was called
   */
  record SafeBound(int threads, int depth, int interruptLevels) {
    int instances() {
      return Math.max(1, threads * depth + interruptLevels);
    }
  }
}
