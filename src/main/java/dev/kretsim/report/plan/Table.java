package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Verdict;
import dev.kretsim.plan.Tool;
import dev.kretsim.report.TextTable;
import java.util.List;

/**
 * A plan as text for a terminal: the verdict and its reasons, some rows of the curve, and the line
 * to paste. Where all functions of a trace are planned there is one line for each, and the whole
 * story for the one with the most calls.
 */
public final class Table {
  private static final int SUMMARY_ROWS = 30;
  private static final int NAME = 28;
  private static final int LEAST_OF_NAME = 12;

  /** Fewer columns have no room for how long calls stay and how many are inside. */
  private static final int ALL_COLUMNS = 80;

  /** What the columns take that there always are, beside the names. */
  private static final int OTHERS = 37;

  private final Plan plan;
  private final Layout layout;

  private Table(Plan plan, Layout layout) {
    this.plan = plan;
    this.layout = layout;
  }

  /** The whole plan, ended by a newline. */
  public static String render(Plan plan, Layout layout) {
    return new Table(plan, layout).text();
  }

  private String text() {
    List<FunctionPlan> functions = plan.functions();
    boolean all = plan.question().functions().isEmpty();
    StringBuilder text = new StringBuilder();
    if (functions.size() > 1) {
      text.append(summary(functions)).append('\n');
    }
    List<FunctionPlan> told = all ? functions.subList(0, 1) : functions;
    for (int i = 0; i < told.size(); i++) {
      String next = i + 1 < told.size() ? note(told.get(i + 1)) : "";
      text.append(i == 0 ? "" : "\n").append(story(told.get(i), next));
    }
    if (told.size() < functions.size()) {
      text.append("\nFor another function: --function NAME. All curves: --out json.\n");
    }
    if (layout.explained()) {
      text.append("\nHow it was computed:\n");
      plan.method().forEach(sentence -> text.append(layout.wrapped("- " + sentence)));
    }
    return text.toString();
  }

  private String summary(List<FunctionPlan> functions) {
    TextTable table = new TextTable();
    row(table, "function", "calls", "99 % within", "most inside", "default misses", "maxactive");
    for (FunctionPlan function : functions.subList(0, Math.min(SUMMARY_ROWS, functions.size()))) {
      Recommendation made = function.recommendation();
      Double misses = made.defaultMissRatio();
      row(
          table,
          shortened(function.function()),
          String.valueOf(function.calls()),
          function.hold() == null ? "-" : Words.hold(function, function.hold().p99Ns()),
          function.peakInside() == null ? "-" : String.valueOf(function.peakInside()),
          misses == null ? "-" : Ratio.text(misses),
          made.verdict() == Verdict.KEEP_DEFAULT ? "default" : String.valueOf(made.maxactive()));
    }
    String more =
        functions.size() > SUMMARY_ROWS
            ? "... and " + (functions.size() - SUMMARY_ROWS) + " functions with fewer calls\n"
            : "";
    return table.render("") + more;
  }

  private void row(
      TextTable table,
      String name,
      String calls,
      String hold,
      String inside,
      String missed,
      String number) {
    if (layout.width() >= ALL_COLUMNS) {
      table.row(name, calls, hold, inside, missed, number);
    } else {
      table.row(name, calls, missed, number);
    }
  }

  /**
   * All that is said of a function.
   *
   * @param next what to know of the next one's line: where that is the same, it is said there
   */
  private String story(FunctionPlan function, String next) {
    Words words = new Words(plan, function);
    StringBuilder text = new StringBuilder();
    text.append(function.function()).append("  in ").append(plan.source()).append("\n\n");
    for (String sentence : words.beforeTheTable()) {
      text.append(layout.wrapped(sentence));
    }
    text.append('\n');
    text.append(new CurveTable(function, plan.question().confidence()).render(layout));
    text.append('\n');
    if (!words.counted().isEmpty()) {
      text.append(layout.wrapped(words.counted())).append('\n');
    }
    if (!words.asked().isEmpty()) {
      text.append(layout.wrapped(words.asked())).append('\n');
    }
    String note = note(function);
    return text.append(paste(function)).append(note.equals(next) ? "" : note).toString();
  }

  private String paste(FunctionPlan function) {
    if (function.recommendation().isDefaultEnoughAnywhere()) {
      return "";
    }
    PasteLines paste = new PasteLines(function, plan.question());
    Tool tool = plan.question().tool();
    String line = paste.line(tool);
    if (tool == Tool.TRACEFS && line != null) {
      return "  cd /sys/kernel/tracing\n  echo '" + paste.kprobeEvents() + "' >> kprobe_events\n\n";
    }
    return line == null ? "" : "  " + line + "\n\n";
  }

  private String note(FunctionPlan function) {
    return function.recommendation().isDefaultEnoughAnywhere()
        ? "  Nothing is to be set.\n"
        : layout.wrapped(new PasteLines(function, plan.question()).note(plan.question().tool()));
  }

  private String shortened(String name) {
    int most = Math.min(NAME, Math.max(LEAST_OF_NAME, layout.width() - OTHERS));
    return name.length() <= most ? name : name.substring(0, most - 3) + "...";
  }
}
