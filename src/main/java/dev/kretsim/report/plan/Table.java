package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan as text for a terminal, at most {@value #WIDTH} columns wide: what the trace shows, some
 * rows of the curve, the recommendation and the line to paste. Where all functions of a trace are
 * planned there is one line for each, and the whole story for the one with the most calls.
 */
public final class Table {
  private static final int WIDTH = 100;
  private static final int BAR = 24;
  private static final int SUMMARY_ROWS = 30;
  private static final int NAME = 34;

  private final Plan plan;

  private Table(Plan plan) {
    this.plan = plan;
  }

  /** The whole plan, ended by a newline. */
  public static String render(Plan plan) {
    return new Table(plan).text();
  }

  private String text() {
    List<FunctionPlan> functions = plan.functions();
    boolean all = plan.question().functions().isEmpty();
    StringBuilder text = new StringBuilder();
    if (functions.size() > 1) {
      text.append(summary(functions)).append('\n');
    }
    List<FunctionPlan> told = all ? functions.subList(0, 1) : functions;
    text.append(told.stream().map(this::story).collect(Collectors.joining("\n")));
    if (told.size() < functions.size()) {
      text.append("\nFor another function: --function NAME. All curves: --out json.\n");
    }
    return text.toString();
  }

  private String summary(List<FunctionPlan> functions) {
    TextTable table = new TextTable();
    table.row(
        "function", "calls", "p99 hold", "load", "peak", "default misses", "maxactive", "basis");
    for (FunctionPlan function : functions.subList(0, Math.min(SUMMARY_ROWS, functions.size()))) {
      Recommendation recommendation = function.recommendation();
      table.row(
          shortened(function.function()),
          String.valueOf(function.calls()),
          function.hold() == null ? "-" : Quantity.duration(function.hold().p99Ns()),
          number(function.offeredLoad()),
          function.peakInside() == null ? "-" : String.valueOf(function.peakInside()),
          Ratio.text(recommendation.defaultMissRatio()),
          String.valueOf(recommendation.maxactive()),
          recommendation.basis().label().replace('_', ' '));
    }
    String more =
        functions.size() > SUMMARY_ROWS
            ? "... and " + (functions.size() - SUMMARY_ROWS) + " functions with fewer calls\n"
            : "";
    return table.render("") + more;
  }

  private String story(FunctionPlan function) {
    Recommendation recommendation = function.recommendation();
    StringBuilder text = new StringBuilder();
    text.append(function.function()).append("  in ").append(plan.source()).append('\n');
    text.append(wrapped("  ", facts(function)));
    text.append('\n').append(curve(function)).append('\n');
    text.append(
        wrapped(
            "  ",
            "maxactive = "
                + recommendation.maxactive()
                + " ("
                + Quantity.bytes(recommendation.memoryBytes())
                + " on "
                + counted(plan.possibleCpus(), "CPU")
                + "). "
                + recommendation.why()));
    text.append(wrappedIfAny(asked(function)));
    text.append(wrappedIfAny(downstream(function)));
    PasteLines paste = new PasteLines(function.function(), recommendation.maxactive());
    text.append("\n  echo '").append(paste.kprobeEvents()).append("' >> kprobe_events\n");
    return text.toString();
  }

  private static String wrappedIfAny(String sentence) {
    return sentence.isEmpty() ? "" : "\n" + wrapped("  ", sentence);
  }

  private static String asked(FunctionPlan function) {
    FunctionPlan.Capacity asked = function.asked();
    if (asked == null) {
      return "";
    }
    Double rate = asked.highestRatePerSecond();
    return "maxactive = "
        + asked.maxactive()
        + " misses "
        + Ratio.text(asked.missRatio())
        + " ("
        + Ratio.text(asked.low())
        + " - "
        + Ratio.text(asked.high())
        + ")."
        + (rate == null
            ? ""
            : " It keeps to the target up to about " + Quantity.rate(rate) + ", by the formula.");
  }

  /** What the default's misses cost, where it misses any. */
  private static String downstream(FunctionPlan function) {
    return function.downstream().stream()
        .filter(cost -> cost.pool().equals("default") && cost.mapFullAfterSeconds() != null)
        .map(
            cost ->
                "With the default "
                    + Quantity.digits(cost.orphansPerHour())
                    + " starts an hour would wait for a return that never comes, and a map of "
                    + cost.mapEntries()
                    + " that keeps each would be full after "
                    + Quantity.duration(
                        (long) Math.min(1e18, 1e9 * number(cost.mapFullAfterSeconds(), 0)))
                    + ".")
        .findFirst()
        .orElse("");
  }

  private static double number(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }

  private String facts(FunctionPlan function) {
    List<String> facts = new ArrayList<>();
    facts.add(counted(function.calls(), "call"));
    if (function.ratePerSecond() != null && function.spanNs() != null) {
      facts.add(
          "in "
              + Quantity.duration(function.spanNs())
              + " ("
              + Quantity.rate(function.ratePerSecond())
              + ")");
    }
    if (function.threads() != null) {
      facts.add("by " + counted(function.threads(), "thread"));
    }
    FunctionPlan.Hold hold = function.hold();
    if (hold != null) {
      endClause(facts);
      facts.add("hold p50 " + Quantity.duration(hold.p50Ns()));
      endClause(facts, ",");
      facts.add("p99 " + Quantity.duration(hold.p99Ns()));
    }
    List<String> inside = new ArrayList<>();
    if (function.offeredLoad() != null) {
      inside.add(number(function.offeredLoad()) + " on average");
    }
    if (function.peakInside() != null) {
      inside.add(function.peakInside() + " at most");
    }
    if (!inside.isEmpty()) {
      endClause(facts);
      facts.add("inside at once: " + String.join(", ", inside));
    }
    if (function.unfinished() > 0) {
      facts.add("(" + function.unfinished() + " seen in part)");
    }
    return String.join(" ", facts);
  }

  private static void endClause(List<String> facts) {
    endClause(facts, ";");
  }

  private static void endClause(List<String> facts, String mark) {
    facts.set(facts.size() - 1, facts.get(facts.size() - 1) + mark);
  }

  private String curve(FunctionPlan function) {
    TextTable table = new TextTable();
    String range = "range at " + percent(plan.question().confidence());
    table.row("maxactive", "missed", "ratio", range, modelName(function), "");
    double largest = function.curve().isEmpty() ? 0 : function.curve().get(0).missRatio();
    List<Double> model = function.analytic().missRatios();
    for (int size : sizes(function)) {
      Point point = function.point(size);
      table.row(
          String.valueOf(size),
          String.valueOf(point.missed()),
          Ratio.text(point.missRatio()),
          Ratio.text(point.low()) + " - " + Ratio.text(point.high()),
          size <= model.size() ? Ratio.text(model.get(size - 1)) : "",
          bar(point.missRatio(), largest) + marks(function, size));
    }
    return table.render("  ");
  }

  private static String modelName(FunctionPlan function) {
    return function.analytic().model().equals("erlang_b") ? "Erlang B" : "ghost chain";
  }

  private static SortedSet<Integer> sizes(FunctionPlan function) {
    SortedSet<Integer> sizes = new TreeSet<>();
    int peak = function.curve().size();
    for (int size = 1; size < peak; size *= 2) {
      sizes.add(size);
    }
    sizes.add(Math.max(1, peak));
    if (function.asked() != null) {
      sizes.add(function.asked().maxactive());
    }
    sizes.add(function.recommendation().maxactive());
    sizes.add(function.recommendation().defaultMaxactive());
    return sizes;
  }

  private static String bar(double ratio, double largest) {
    int length = largest == 0 ? 0 : (int) Math.ceil(BAR * ratio / largest);
    return "#".repeat(length) + (length == 0 ? "" : " ");
  }

  private static String marks(FunctionPlan function, int size) {
    List<String> marks = new ArrayList<>();
    if (size == function.recommendation().maxactive()) {
      marks.add("recommended");
    }
    if (size == function.recommendation().defaultMaxactive()) {
      marks.add("default");
    }
    Integer peak = function.peakInside();
    if (peak != null && size == peak) {
      marks.add("peak");
    }
    return marks.isEmpty() ? "" : "<- " + String.join(", ", marks);
  }

  private static String percent(double share) {
    return Quantity.digits(share * 100).replaceAll("\\.?0+$", "") + " %";
  }

  private static String shortened(String name) {
    return name.length() <= NAME ? name : name.substring(0, NAME - 3) + "...";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : value != 0 && value < 0.01 ? "<0.01" : Quantity.digits(value);
  }

  private static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private static String wrapped(String indent, String sentence) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && line.length() > indent.length()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    return text.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
