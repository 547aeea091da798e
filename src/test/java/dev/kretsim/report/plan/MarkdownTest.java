package dev.kretsim.report.plan;

import static dev.kretsim.report.plan.ShownPlan.samplePlan;
import static dev.kretsim.report.plan.ShownPlan.syntheticPlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.workload.random.Distribution;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pull request shows: the verdict and one screen, and the rest folded away. */
class MarkdownTest {
  private static final int ROWS = 5;
  private static final int SCREEN = 40;

  private static List<String> unfolded(String text) {
    return text.substring(0, text.indexOf("<details>")).lines().toList();
  }

  private static List<String> rows(List<String> lines) {
    return lines.stream().filter(line -> line.matches("\\| \\d.*")).toList();
  }

  @Test
  void theVerdictComesFirstThenFiveRowsAChartAndWhatIsAssumed() {
    Plan plan = samplePlan("nanosleep-bursts");
    List<String> shown = unfolded(Markdown.render(plan));
    assertThat(shown.get(0)).isEqualTo("### `hrtimer_nanosleep`: set maxactive = 72");
    assertThat(rows(shown)).hasSize(ROWS);
    assertThat(rows(shown)).filteredOn(row -> row.contains("**recommended**")).hasSize(1);
    assertThat(rows(shown)).filteredOn(row -> row.contains("default")).hasSize(1);
    assertThat(shown).contains("```mermaid", "xychart-beta", "- Kernel 7.3, 2 possible CPUs.");
    assertThat(shown).hasSizeLessThan(SCREEN);
  }

  @Test
  void theWholeCurveIsFolded() {
    Plan plan = samplePlan("nanosleep-bursts");
    String text = Markdown.render(plan);
    String folded = text.substring(text.indexOf("<details>"));
    assertThat(folded).startsWith("<details><summary>Full curve</summary>\n\n|");
    assertThat(folded.strip()).endsWith("</details>");
    assertThat(folded.lines().filter(line -> line.startsWith("| hrtimer_nanosleep |")).count())
        .isEqualTo(plan.functions().get(0).curve().size());
  }

  @Test
  void whereCallsAtRandomAreAssumedTheNeedOfBurstsStandsThere() {
    Plan plan = syntheticPlan();
    List<Recommendation.Burst> bursts = plan.functions().get(0).recommendation().ifBursty();
    assertThat(unfolded(Markdown.render(plan)))
        .anyMatch(
            line ->
                line.startsWith("- This holds if calls come at random")
                    && line.contains(" to " + bursts.get(bursts.size() - 1).maxactive() + " "));
  }

  @Test
  void thePoolThatWasAskedForIsAnsweredAndMarked() {
    String text = Markdown.render(samplePlan("nanosleep-bursts", 9));
    assertThat(unfolded(text)).anyMatch(line -> line.startsWith("With maxactive = 9, "));
    assertThat(rows(unfolded(text)))
        .hasSize(ROWS)
        .anyMatch(row -> row.startsWith("| 9 |") && row.contains("asked for"));
  }

  @Test
  void theFormulaOfThreadsIsNotCalledThatOfCallsAtRandom() {
    Plan closed =
        new SyntheticPlanner(
                PlanQuestion.usual(), new SyntheticPlanner.Effort(10_000, 0.1), share -> {})
            .plan(
                "f",
                new SyntheticLoad.Closed(
                    20, Distribution.parse("exponential(1ms)"), Distribution.parse("1ms")),
                1);
    assertThat(Markdown.render(closed)).contains("| by formula |").doesNotContain("| at random |");
    assertThat(Markdown.render(syntheticPlan())).contains("| at random |");
  }

  @Test
  void whereTheLoadGrowsWhatIsMissedTodayStandsBesideIt() {
    PlanQuestion usual = PlanQuestion.usual();
    PlanQuestion grown =
        new PlanQuestion(
            usual.functions(),
            usual.target(),
            usual.confidence(),
            usual.kernel(),
            usual.preemption(),
            null,
            0,
            Growth.parse("2x"),
            null,
            usual.mapEntries(),
            usual.tool(),
            null);
    String text = Markdown.render(samplePlan("nanosleep-bursts", grown, 2, null));
    assertThat(text).contains("| range | today | |", "| high | today | at random |");
    assertThat(rows(unfolded(text))).allMatch(row -> row.split("\\|", -1).length == 8);
  }

  @Test
  void severalFunctionsShareOneTable() {
    Plan plan = samplePlan("mixed-events");
    List<String> shown = unfolded(Markdown.render(plan));
    assertThat(shown.get(0))
        .isEqualTo("### maxactive for " + plan.functions().size() + " functions");
    for (FunctionPlan function : plan.functions()) {
      assertThat(shown)
          .filteredOn(line -> line.startsWith("| `" + function.function() + "` | "))
          .hasSize(1);
    }
    assertThat(shown).filteredOn(line -> line.startsWith("|---")).hasSize(1);
    assertThat(Markdown.render(plan).split("<details>", -1)).hasSize(plan.functions().size() + 1);
  }
}
