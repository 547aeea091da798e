package dev.kretsim.command.plan;

import dev.kretsim.console.Choice;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.Plan;
import dev.kretsim.report.plan.Checks;
import dev.kretsim.report.plan.Csv;
import dev.kretsim.report.plan.Json;
import dev.kretsim.report.plan.Layout;
import dev.kretsim.report.plan.Markdown;
import dev.kretsim.report.plan.Table;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** How a plan is printed. */
enum PlanForm {
  TABLE,
  JSON,
  CSV,
  MARKDOWN,
  GITHUB,
  JUNIT;

  /**
   * What a form may want beside the plan.
   *
   * @param explained whether the method is told
   * @param failures what a check found, by function
   */
  record How(boolean explained, Map<String, String> failures) {}

  private static final Map<String, String> OTHER_NAMES =
      Map.of("md", "markdown", "text", "table", "txt", "table", "annotations", "github");

  /** What is written in another way, or is called so elsewhere. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "html", "; --html FILE writes a page",
          "svg", "; --svg FILE draws the curve",
          "png", "; --svg FILE draws the curve",
          "yaml", "; json is the one for programs",
          "yml", "; json is the one for programs",
          "xml", "; junit is XML for build servers");

  /**
   * The form of that name.
   *
   * @throws dev.kretsim.kernel.BadInputException if there is none
   */
  static PlanForm named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    String elsewhere = ELSEWHERE.get(plain);
    if (elsewhere != null) {
      throw new BadInputException(
          "--out must be one of table, json, csv, markdown, github, junit: " + name + elsewhere);
    }
    return Choice.of("--out", OTHER_NAMES.getOrDefault(plain, plain), values());
  }

  /** Whether what fails is told in this form. */
  boolean tellsFailures() {
    return this == GITHUB || this == JUNIT;
  }

  void print(Plan plan, How how, PrintWriter printed) {
    switch (this) {
      case TABLE -> printed.print(Table.render(plan, Layout.ofTerminal(how.explained())));
      case JSON -> Json.write(plan, printed);
      case CSV -> Csv.write(plan, printed);
      case MARKDOWN -> printed.print(Markdown.render(plan));
      case GITHUB -> printed.print(Checks.github(plan, how.failures()));
      case JUNIT -> printed.print(Checks.junit(plan, how.failures()));
    }
  }
}
