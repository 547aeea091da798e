package dev.kretsim.report.fleet;

import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.Printable;
import dev.kretsim.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A fleet for a terminal: what to set, what it does, who stands out, and who is left out. */
public final class Text {
  private static final int MOST_SHOWN = 10;

  private Text() {}

  /** Lines to read. */
  public static String table(FleetPlan plan) {
    Words words = new Words(plan);
    TextTable table = new TextTable().row(cells(words.head()));
    plan.functions().forEach(function -> table.row(cells(Words.row(function))));
    List<String> lines = new ArrayList<>();
    for (FleetPlan.Function function : plan.functions()) {
      words.notes(function).forEach(note -> lines.add(function.function() + ": " + note + "."));
    }
    for (FleetPlan.Function function : plan.functions()) {
      first(
          function.outliers().stream()
              .map(
                  one ->
                      "%s needs %d for %s: %s"
                          .formatted(one.host(), one.maxactive(), function.function(), one.why()))
              .toList(),
          "more that stand out",
          lines);
    }
    first(
        plan.failed().stream()
            .map(one -> "%s could not be planned: %s".formatted(one.host(), one.why()))
            .toList(),
        "more that could not be planned",
        lines);
    StringBuilder text = new StringBuilder(words.summary()).append("\n\n").append(table.render(""));
    lines.forEach(line -> text.append(Printable.of(line)).append('\n'));
    return text.toString();
  }

  private static String[] cells(List<String> row) {
    return Stream.concat(row.stream(), Stream.of("")).toArray(String[]::new);
  }

  private static void first(List<String> all, String rest, List<String> lines) {
    lines.addAll(all.subList(0, Math.min(MOST_SHOWN, all.size())));
    if (all.size() > MOST_SHOWN) {
      lines.add("and %d %s; --out json has all".formatted(all.size() - MOST_SHOWN, rest));
    }
  }
}
