package dev.kretsim.report.fleet;

import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.TextTable;
import java.util.List;
import java.util.Locale;

/** A fleet for a terminal, or for a pull request. */
public final class Text {
  private static final int MOST_SHOWN = 10;

  private Text() {}

  /** What to set, what it does, and who stands out. */
  public static String table(FleetPlan plan) {
    StringBuilder text = new StringBuilder(summary(plan)).append('\n');
    TextTable table =
        new TextTable()
            .row(
                "function",
                "hosts",
                "fits all",
                "fits " + percent(plan.cover()),
                "half",
                "default enough on",
                "missed a day by default",
                "with the number for all",
                "");
    for (FleetPlan.Function function : plan.functions()) {
      table.row(cells(function));
    }
    text.append(table.render(""));
    for (FleetPlan.Function function : plan.functions()) {
      for (FleetPlan.Outlier outlier : first(function.outliers())) {
        text.append(
            "%s needs %d for %s: %s%n"
                .formatted(
                    outlier.host(), outlier.maxactive(), function.function(), outlier.why()));
      }
    }
    for (FleetPlan.Failed failed : first(plan.failed())) {
      text.append("%s could not be planned: %s%n".formatted(failed.host(), failed.why()));
    }
    return text.toString();
  }

  /** The same as Markdown. */
  public static String markdown(FleetPlan plan) {
    StringBuilder text = new StringBuilder(summary(plan)).append('\n');
    text.append("| function | hosts | fits all | fits ").append(percent(plan.cover()));
    text.append(
        " | half | default enough on | missed a day by default | with the number for all |\n");
    text.append("|---|---|---|---|---|---|---|---|\n");
    for (FleetPlan.Function function : plan.functions()) {
      String[] cells = cells(function);
      text.append("| `").append(cells[0]).append('`');
      for (int i = 1; i < cells.length - 1; i++) {
        text.append(" | ").append(cells[i]);
      }
      text.append(" |\n");
    }
    return text.toString();
  }

  private static String[] cells(FleetPlan.Function function) {
    return new String[] {
      function.function(),
      String.valueOf(function.hosts()),
      String.valueOf(function.maxactive().all()),
      String.valueOf(function.maxactive().cover()),
      String.valueOf(function.maxactive().median()),
      String.valueOf(function.defaultEnoughOn()),
      String.format(Locale.ROOT, "%.0f", function.missesPerDay().byDefault()),
      String.format(Locale.ROOT, "%.0f", function.missesPerDay().withAll()),
      ""
    };
  }

  private static String summary(FleetPlan plan) {
    return String.format(
        Locale.ROOT,
        "%d hosts, %d of them could not be planned; at most %s of the calls may be missed.%n",
        plan.hosts(),
        plan.failed().size(),
        percent(plan.target()));
  }

  private static String percent(double share) {
    return java.math.BigDecimal.valueOf(share * 100)
            .round(new java.math.MathContext(6))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(MOST_SHOWN, all.size()));
  }
}
