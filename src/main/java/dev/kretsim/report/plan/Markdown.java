package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A plan for a pull request: the verdict, a short table, a chart, what is assumed, and the whole
 * curve folded away. Several functions share one table.
 */
public final class Markdown {
  private static final int ROWS = 5;
  private static final int CHART_POINTS = 12;
  private static final double LEAST_SHOWN = 1e-9;

  private final Plan plan;

  private Markdown(Plan plan) {
    this.plan = plan;
  }

  /** The whole plan, ended by a newline. */
  public static String render(Plan plan) {
    return plan.functions().size() == 1
        ? new Markdown(plan).one(plan.functions().get(0))
        : new Markdown(plan).several();
  }

  private String one(FunctionPlan function) {
    Words words = new Words(plan, function);
    return "### `"
        + function.function()
        + "`: "
        + Words.verdict(function.recommendation())
        + "\n\n"
        + answer(words)
        + paste(function)
        + rows(function)
        + chart(function)
        + assumptions(words)
        + folded("Full curve", curve(function));
  }

  private String several() {
    StringBuilder text = new StringBuilder("### maxactive for ");
    text.append(plan.functions().size()).append(" functions\n\n");
    text.append("| function | verdict | calls | default misses | most inside |\n");
    text.append("|---|---|---:|---:|---:|\n");
    for (FunctionPlan function : plan.functions()) {
      Recommendation made = function.recommendation();
      Double misses = made.defaultMissRatio();
      text.append("| `").append(cell(function.function())).append("` | ");
      text.append(Words.verdict(made)).append(" | ").append(function.calls()).append(" | ");
      text.append(misses == null ? "" : Ratio.text(misses)).append(" | ");
      text.append(function.peakInside() == null ? "" : function.peakInside()).append(" |\n");
    }
    text.append('\n');
    for (FunctionPlan function : plan.functions()) {
      Words words = new Words(plan, function);
      text.append(
          folded(
              "<code>" + escaped(function.function()) + "</code>",
              answer(words) + paste(function) + curve(function)));
    }
    return text.toString();
  }

  /** Why, and what becomes of the number that was asked about. */
  private static String answer(Words words) {
    String asked = words.asked();
    return words.why() + "\n\n" + (asked.isEmpty() ? "" : asked + "\n\n");
  }

  private String paste(FunctionPlan function) {
    PasteLines paste = new PasteLines(function, plan.question());
    String line = paste.line(plan.question().tool());
    return (line == null ? "" : "```\n" + line + "\n```\n\n")
        + paste.note(plan.question().tool())
        + "\n\n";
  }

  private String rows(FunctionPlan function) {
    boolean grown = CurveRow.isGrown(function);
    StringBuilder text = new StringBuilder("| maxactive | missed | ratio | range | ");
    text.append(grown ? "today | |\n" : "|\n");
    text.append(grown ? "|---:|---:|---:|---:|---:|---|\n" : "|---:|---:|---:|---:|---|\n");
    for (int size : sizes(function)) {
      Point point = function.point(size);
      text.append("| ").append(size).append(" | ").append(point.missed()).append(" | ");
      text.append(Ratio.text(point.missRatio())).append(" | ");
      text.append(Ratio.range(point.low(), point.high())).append(" | ");
      text.append(grown ? CurveRow.today(function, size) + " | " : "");
      text.append(mark(function, size)).append(" |\n");
    }
    return text.append('\n').toString();
  }

  private static String mark(FunctionPlan function, int size) {
    List<String> marks = new ArrayList<>();
    Integer known = function.recommendation().defaultMaxactive();
    Recommendation made = function.recommendation();
    if (size == made.maxactive()) {
      marks.add(made.isDefaultEnoughAnywhere() ? "would do" : "**recommended**");
    }
    if (known != null && size == known) {
      marks.add("default");
    }
    if (function.asked() != null && size == function.asked().maxactive()) {
      marks.add("asked for");
    }
    Integer peak = function.peakInside();
    if (peak != null && size == peak) {
      marks.add("most seen inside");
    }
    return String.join(", ", marks);
  }

  /** Those that matter, and powers of two until there are enough. */
  private static SortedSet<Integer> sizes(FunctionPlan function) {
    SortedSet<Integer> sizes = new TreeSet<>();
    Integer known = function.recommendation().defaultMaxactive();
    sizes.add(function.recommendation().maxactive());
    sizes.add(known == null ? 1 : known);
    if (function.asked() != null) {
      sizes.add(function.asked().maxactive());
    }
    sizes.add(Math.max(1, function.curve().size()));
    for (int size = 1; sizes.size() < ROWS && size <= 1 << 20; size *= 2) {
      sizes.add(size);
    }
    return sizes;
  }

  /** The curve as Mermaid draws it, misses in percent. */
  private static String chart(FunctionPlan function) {
    List<Point> points = new ArrayList<>();
    int end = function.curve().size();
    double step = Math.max(1, end / (double) CHART_POINTS);
    for (double at = 1; at <= end; at += step) {
      points.add(function.point((int) Math.round(at)));
    }
    if (points.size() < 2 || points.get(0).missRatio() < LEAST_SHOWN) {
      return "";
    }
    return "```mermaid\n"
        + "xychart-beta\n"
        + "  title \"Calls missed, in percent\"\n"
        + "  x-axis \"maxactive\" ["
        + points.stream()
            .map(point -> String.valueOf(point.maxactive()))
            .collect(Collectors.joining(", "))
        + "]\n  y-axis \"missed\"\n  line ["
        + points.stream()
            .map(point -> String.format(Locale.ROOT, "%.4g", 100 * point.missRatio()))
            .collect(Collectors.joining(", "))
        + "]\n```\n\n";
  }

  private String assumptions(Words words) {
    List<String> told = new ArrayList<>();
    told.add(words.facts());
    if (!words.counted().isEmpty()) {
      told.add(words.counted());
    }
    Integer cpus = plan.possibleCpus().number();
    told.add(
        "Kernel "
            + plan.question().kernel().label()
            + (cpus == null
                ? ", on a machine whose CPUs are not known."
                : ", " + Words.counted(cpus, "possible CPU") + "."));
    if (!words.bursts().isEmpty()) {
      told.add(words.bursts());
    }
    return told.stream().map(line -> "- " + line + "\n").collect(Collectors.joining()) + "\n";
  }

  private static String curve(FunctionPlan function) {
    StringBuilder text = new StringBuilder();
    boolean grown = CurveRow.isGrown(function);
    text.append("| function | maxactive | missed | ratio | low | high | ");
    text.append(grown ? "today | " : "").append(CurveRow.formulaName(function)).append(" |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|").append(grown ? "---:|\n" : "\n");
    for (Point point : function.curve()) {
      String model = CurveRow.analytic(function, point.maxactive());
      text.append("| ").append(cell(function.function()));
      text.append(" | ").append(point.maxactive());
      text.append(" | ").append(point.missed());
      text.append(" | ").append(Ratio.text(point.missRatio()));
      text.append(" | ").append(Ratio.text(point.low()));
      text.append(" | ").append(Ratio.text(point.high()));
      text.append(grown ? " | " + CurveRow.today(function, point.maxactive()) : "");
      text.append(" | ").append(model.isEmpty() ? "" : Ratio.text(Double.parseDouble(model)));
      text.append(" |\n");
    }
    return text.append('\n').toString();
  }

  private static String folded(String title, String inside) {
    return "<details><summary>" + title + "</summary>\n\n" + inside + "</details>\n\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
