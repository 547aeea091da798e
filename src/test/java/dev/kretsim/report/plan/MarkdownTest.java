package dev.kretsim.report.plan;

import static dev.kretsim.report.plan.ShownPlan.samplePlan;
import static dev.kretsim.report.plan.ShownPlan.syntheticPlan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Recommendation;
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
