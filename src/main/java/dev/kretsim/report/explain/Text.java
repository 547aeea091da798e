package dev.kretsim.report.explain;

import dev.kretsim.explain.ExplainedStep;
import dev.kretsim.explain.Explanation;
import dev.kretsim.explain.Fact;
import dev.kretsim.explain.Fate;
import dev.kretsim.report.Quantity;
import dev.kretsim.workload.scenario.Scenario;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The life of a call as text: a numbered line for each step, what it shows indented below. */
public final class Text {
  private static final int WIDTH = 100;
  private static final String ARROW = " -> ";
  private static final String INDENT = " ".repeat(6);

  private Text() {}

  /**
   * The whole story, ended by a newline.
   *
   * @param brief leaves out what each step shows
   */
  public static String render(Explanation explanation, boolean brief) {
    StringBuilder text = new StringBuilder(title(explanation));
    text.append(brief ? "\n" : "");
    int taskWidth =
        explanation.steps().stream()
            .map(ExplainedStep::task)
            .mapToInt(task -> task == null ? 0 : task.length())
            .max()
            .orElse(0);
    @Nullable Fate told = null;
    for (ExplainedStep step : explanation.steps()) {
      if (told != null && told != step.call()) {
        text.append("\nAnother call is ")
            .append(step.call().label())
            .append(brief ? ":\n\n" : ":\n");
      }
      told = step.call();
      text.append(brief ? "" : "\n").append(headOf(step, taskWidth));
      if (!brief) {
        step.detail().forEach(fact -> add(fact, step, text));
      }
    }
    return text.toString();
  }

  /** What is explained, and where: two lines. */
  static String title(Explanation explanation) {
    Scenario scenario = explanation.scenario();
    return String.format(
        Locale.ROOT,
        "The life of a call of %s, which a kretprobe is on (maxactive %d, pool %s)%n"
            + "kernel %s on %s, %d %s, virtual time, seed %d%n",
        explanation.function(),
        explanation.maxactive(),
        explanation.pool(),
        scenario.kernel().label(),
        scenario.arch().label(),
        scenario.cpus(),
        scenario.cpus() == 1 ? "CPU" : "CPUs",
        scenario.seed());
  }

  private static String headOf(ExplainedStep step, int taskWidth) {
    String task = step.task();
    String where =
        task == null
            ? ""
            : "cpu %d  %s  %7s  "
                .formatted(
                    step.cpu(),
                    task + " ".repeat(taskWidth - task.length()),
                    Quantity.duration(step.atNs()));
    return "%3d.  %s%s%n".formatted(step.n(), where, step.what());
  }

  private static void add(Fact fact, ExplainedStep step, StringBuilder text) {
    int width = step.detail().stream().mapToInt(one -> one.name().length()).max().orElse(0);
    String name = INDENT + fact.name() + " ".repeat(width - fact.name().length() + 2);
    String now = fact.now().text();
    if (fact.before() == null) {
      String onePerLine = now.replace(", ", ",\n" + " ".repeat(name.length()));
      text.append(name).append(fits(name, now) ? now : onePerLine);
      text.append('\n');
      return;
    }
    String change = fact.now().textAfter(fact.before());
    if (!fits(name, change) && change.contains(ARROW)) {
      change = change.replace(ARROW, "\n" + " ".repeat(name.length() - 3) + "-> ");
    }
    text.append(name).append(change).append('\n');
  }

  private static boolean fits(String name, String value) {
    return name.length() + value.length() <= WIDTH;
  }
}
