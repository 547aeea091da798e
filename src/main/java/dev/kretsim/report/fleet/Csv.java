package dev.kretsim.report.fleet;

import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.CsvCell;

/** The curves of a fleet as CSV: one row for each function and maxactive. */
public final class Csv {
  private Csv() {}

  /** All curves, with a header line. */
  public static String render(FleetPlan plan) {
    StringBuilder csv =
        new StringBuilder(
            "function,maxactive,missed,calls,hosts_over_target,misses_per_day,simulated_missed,simulated_calls,span_unknown_on\n");
    for (FleetPlan.Function function : plan.functions()) {
      for (FleetPlan.Point point : function.curve()) {
        csv.append(CsvCell.of(function.function()));
        csv.append(',').append(point.maxactive());
        csv.append(',').append(point.missed());
        csv.append(',').append(point.calls());
        csv.append(',').append(point.hostsOverTarget());
        Double daily = point.missesPerDay();
        csv.append(',').append(daily == null ? "" : daily.toString());
        csv.append(',').append(point.simulatedMissed());
        csv.append(',').append(point.simulatedCalls());
        csv.append(',').append(function.spanUnknownOn());
        csv.append('\n');
      }
    }
    return csv.toString();
  }
}
