package dev.kretsim.benchmarks.result;

import dev.kretsim.report.TextTable;
import java.util.List;
import java.util.Locale;

/** A measurement as text for a terminal. */
public final class Text {
  private static final String NOTHING = "-";

  private Text() {}

  public static String of(Measurement measured) {
    StringBuilder text = new StringBuilder(heading(measured)).append("\n\n");
    TextTable bars = new TextTable().row("ratio", "measured", "of forks", "gate", "goal", "");
    for (Bar bar : Bars.of(measured)) {
      bars.row(
          bar.id() + " " + bar.ratio(),
          bar.found().map(found -> digits(found.value())).orElse(NOTHING),
          bar.found().map(Text::range).orElse(NOTHING),
          bar.sign() + " " + digits(bar.gate()),
          bar.sign() + " " + digits(bar.goal()),
          bar.verdict().label());
    }
    text.append(bars.render("  "));
    for (Comparison comparison : Comparison.of(measured)) {
      text.append('\n').append(comparison.question()).append('\n');
      TextTable table =
          new TextTable().row("", "x floor", "of forks", "ns a hit", "median", "missed", "");
      for (Comparison.Entry entry : comparison.entries()) {
        Score score = entry.score();
        table.row(
            entry.name(),
            entry.overFloor().map(over -> digits(over.value())).orElse(NOTHING),
            entry.overFloor().map(Text::range).orElse(NOTHING),
            digits(score.estimate().value()),
            digits(score.median()),
            share(score),
            "");
      }
      text.append(table.render("  "));
    }
    List<String> missing = measured.notMeasured();
    if (!missing.isEmpty()) {
      text.append("\nnot measured\n");
      missing.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  static String heading(Measurement measured) {
    Host host = measured.host();
    return "%s, %d processors, %s, %s, %s%s"
        .formatted(
            host.cpu(),
            host.processors(),
            host.system(),
            host.jdk(),
            measured.date(),
            measured.quick() ? "; a quick run: a trial, no evidence" : "");
  }

  static String range(Estimate estimate) {
    return digits(estimate.low()) + " to " + digits(estimate.high());
  }

  static String share(Score score) {
    double share = score.missShare();
    return share == 0 ? NOTHING : String.format(Locale.ROOT, "%.2g %%", 100 * share);
  }

  /** Three digits or all before the point. */
  static String digits(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : value >= 10
            ? String.format(Locale.ROOT, "%.1f", value)
            : String.format(Locale.ROOT, "%.2f", value);
  }
}
