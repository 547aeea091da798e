package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.report.CsvCell;
import java.io.PrintWriter;

/** The curves of a plan as CSV: one row for each function and maxactive. */
public final class Csv {
  private Csv() {}

  /** Writes all curves, with a header line; no more than one is kept as text. */
  public static void write(Plan plan, PrintWriter writer) {
    writer.print("function,maxactive,missed,miss_ratio,low,high,analytic\n");
    StringBuilder csv = new StringBuilder();
    for (FunctionPlan function : plan.functions()) {
      csv.setLength(0);
      for (Point point : function.curve()) {
        csv.append(CsvCell.of(function.function()));
        csv.append(',').append(point.maxactive());
        csv.append(',').append(point.missed());
        csv.append(',').append(point.missRatio());
        csv.append(',').append(point.low());
        csv.append(',').append(point.high());
        csv.append(',').append(CurveRow.analytic(function, point.maxactive()));
        csv.append('\n');
      }
      writer.append(csv);
    }
  }
}
