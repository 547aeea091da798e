package dev.kretsim.report.plan;

import dev.kretsim.plan.Curves;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Ratio;

/** What the rows of a curve show beside its points. */
final class CurveRow {
  private CurveRow() {}

  /** What the formula is of: calls at random, or those of as many threads. */
  static String formulaName(FunctionPlan function) {
    return function.analytic().model().equals("erlang_b") ? "at random" : "by formula";
  }

  /** Whether the curve is of a grown load, beside which the present one stands. */
  static boolean isGrown(FunctionPlan function) {
    return !function.present().isEmpty();
  }

  /** What a pool misses today. */
  static String today(FunctionPlan function, int maxactive) {
    return Ratio.text(Curves.at(function.present(), maxactive).missRatio());
  }

  /** The formula's ratio for a pool, as a number; empty where it is unknown. */
  static String analytic(FunctionPlan function, int maxactive) {
    return maxactive <= function.analytic().missRatios().size()
        ? String.valueOf(function.analytic().missRatios().get(maxactive - 1))
        : "";
  }
}
