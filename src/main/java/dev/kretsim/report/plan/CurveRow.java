package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;

/** What the rows of a curve show beside its points. */
final class CurveRow {
  private CurveRow() {}

  /** The formula's ratio for a pool, as a number; empty where it is unknown. */
  static String analytic(FunctionPlan function, int maxactive) {
    return maxactive <= function.analytic().missRatios().size()
        ? String.valueOf(function.analytic().missRatios().get(maxactive - 1))
        : "";
  }
}
