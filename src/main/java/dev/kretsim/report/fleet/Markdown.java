package dev.kretsim.report.fleet;

import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.Printable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fleet for a pull request: a short table, and folded away who stands out, who is left out, and
 * the curves.
 */
public final class Markdown {
  /** Services that show Markdown cut off what is longer than some ten thousand characters. */
  private static final int MOST_ROWS = 100;

  private Markdown() {}

  /** The whole, ended by a newline. */
  public static String render(FleetPlan plan) {
    Words words = new Words(plan);
    StringBuilder text = new StringBuilder(words.summary()).append("\n\n");
    List<String> head = words.head();
    text.append(row(head)).append("|---").append("|---:".repeat(head.size() - 1)).append("|\n");
    plan.functions().forEach(function -> text.append(row(Words.row(function))));
    text.append('\n');
    for (FleetPlan.Function function : plan.functions()) {
      for (String note : words.notes(function)) {
        text.append("- ").append(cell(function.function())).append(": ").append(note);
        text.append(".\n");
      }
    }
    text.append('\n');
    List<String> outliers =
        plan.functions().stream()
            .flatMap(
                function ->
                    function.outliers().stream()
                        .map(
                            one ->
                                List.of(
                                    function.function(),
                                    one.host(),
                                    String.valueOf(one.maxactive()),
                                    one.why())))
            .map(Markdown::row)
            .toList();
    folded(
        "Hosts that stand out",
        "| function | host | needs | why |\n|---|---|---:|---|\n",
        outliers,
        text);
    List<String> failed =
        plan.failed().stream().map(one -> row(List.of(one.host(), one.why()))).toList();
    folded("Hosts that could not be planned", "| host | why |\n|---|---|\n", failed, text);
    folded(
        "Remarks of the hosts' own plans",
        "| hosts | the first | remark |\n|---:|---|---|\n",
        Remarks.kinds(plan).stream()
            .map(kind -> row(List.of(String.valueOf(kind.hosts()), kind.first(), kind.text())))
            .toList(),
        text);
    List<String> tooShort =
        plan.functions().stream()
            .flatMap(
                function ->
                    function.tooShort().stream()
                        .map(host -> row(List.of(function.function(), host))))
            .toList();
    folded("Hosts that recorded little", "| function | host |\n|---|---|\n", tooShort, text);
    for (FleetPlan.Function function : plan.functions()) {
      folded(
          "Curve of <code>" + escaped(function.function()) + "</code>",
          "| maxactive | missed | missed a day | hosts over the target |\n|---:|---:|---:|---:|\n",
          function.curve().stream().map(Markdown::point).toList(),
          text);
    }
    return text.toString();
  }

  private static String point(FleetPlan.Point point) {
    return row(
        List.of(
            String.valueOf(point.maxactive()),
            String.valueOf(point.missed()),
            Words.rounded(point.missesPerDay()),
            String.valueOf(point.hostsOverTarget())));
  }

  private static void folded(String title, String head, List<String> rows, StringBuilder text) {
    if (rows.isEmpty()) {
      return;
    }
    text.append("<details><summary>").append(title).append(" (").append(rows.size());
    text.append(")</summary>\n\n").append(head);
    rows.stream().limit(MOST_ROWS).forEach(text::append);
    if (rows.size() > MOST_ROWS) {
      text.append("\nand ")
          .append(rows.size() - MOST_ROWS)
          .append(" more; `--out json` has all.\n");
    }
    text.append("\n</details>\n\n");
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::cell).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Names of files and functions are anybody's: nothing in them may end a cell or begin a tag. */
  private static String cell(String text) {
    return escaped(text).replace("|", "\\|").replace("*", "\\*").replace("`", "\\`");
  }

  private static String escaped(String text) {
    return Printable.of(text).replace("&", "&amp;").replace("<", "&lt;");
  }
}
