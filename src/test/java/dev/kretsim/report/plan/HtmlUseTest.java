package dev.kretsim.report.plan;

import static dev.kretsim.report.plan.ShownPlan.assertAgreement;
import static dev.kretsim.report.plan.ShownPlan.samplePlan;
import static dev.kretsim.report.plan.ShownPlan.slide;
import static dev.kretsim.report.plan.ShownPlan.syntheticPlan;
import static dev.kretsim.report.plan.ShownPlan.text;
import static dev.kretsim.report.plan.ShownPlan.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.report.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a reader does with the report: slide, copy, choose, look; and the texts that must follow.
 */
class HtmlUseTest {
  @TempDir private Path folder;

  /** A check that cannot fail would hold nothing: each text is left as it was, one at a time. */
  @Test
  void aTextThatStaysBehindWhenTheSliderMovesIsFound() throws Exception {
    Plan plan = samplePlan("nanosleep-bursts");
    FunctionPlan only = plan.functions().get(0);
    try (Browser browser = opened(plan)) {
      for (String stale : new String[] {"answer", "why", "paste"}) {
        String element = "document.getElementById('" + stale + "').innerHTML";
        slide(browser, -0.5);
        assertAgreement(browser, only);
        browser.evaluate("window.stale = " + element + "; 0");
        slide(browser, -4);
        assertAgreement(browser, only);
        browser.evaluate(element + " = window.stale; 0");
        assertThatThrownBy(() -> assertAgreement(browser, only))
            .as(stale)
            .isInstanceOf(AssertionError.class);
      }
    }
  }

  @Test
  void thePoolAskedForTheDefaultAndWhatMissesNoneAreOnTheCurve() throws Exception {
    Plan plan = samplePlan("nanosleep-bursts", 9);
    FunctionPlan only = plan.functions().get(0);
    try (Browser browser = opened(plan)) {
      assertThat(text(browser, "asked")).startsWith("With maxactive = 9, ");
      assertThat(texts(browser, "kretsim.drawn.marks"))
          .containsExactlyInAnyOrder(
              "asked 9", "default 10", "recommended " + only.recommendation().maxactive());
      assertThat(texts(browser, "kretsim.drawn.zeros"))
          .containsExactlyElementsOf(
              only.curve().stream()
                  .filter(point -> point.missed() == 0)
                  .map(point -> String.valueOf(point.maxactive()))
                  .toList())
          .isNotEmpty();
    }
  }

  @Test
  void aDefaultFarToTheRightIsPointedAt() throws Exception {
    PlanQuestion usual = PlanQuestion.usual();
    try (Browser browser = opened(samplePlan("nanosleep-bursts", usual, 512, null))) {
      assertThat(texts(browser, "kretsim.drawn.marks"))
          .containsExactly("keep the default, 1024 beyond");
      assertThat(browser.evaluate("kretsim.charts.curve.scales.x.max").asInt()).isLessThan(80);
    }
  }

  @Test
  void aDefaultThatIsEnoughOnAnyMachineIsKeptThereToo() throws Exception {
    Plan plan = ShownPlan.syntheticPlan("vfs_read", 100);
    try (Browser browser = opened(plan)) {
      assertThat(text(browser, "answer")).isEqualTo("keep the default (10 or more)");
      assertThat(texts(browser, "kretsim.drawn.marks"))
          .containsExactly("keep the default, at least 10");
      assertAgreement(browser, plan.functions().get(0));
      slide(browser, -1);
      assertAgreement(browser, plan.functions().get(0));
    }
    assertThat(Svg.render(plan)).contains("would do: ").doesNotContain("maxactive = ");
  }

  @Test
  void linesAreCopiedAndWhereThatIsForbiddenSelected() throws Exception {
    try (Browser browser = opened(samplePlan("nanosleep-bursts"))) {
      browser.evaluate(
          "Object.defineProperty(navigator, 'clipboard', {value: {writeText: text => {"
              + " window.copied = text; return Promise.resolve(); }}, configurable: true}); 0");
      slide(browser, -0.5);
      browser.evaluate("document.querySelector('#paste button').click()");
      assertThat(browser.evaluate("window.copied").asText()).startsWith("echo 'r");
      assertThat(browser.evaluate("document.querySelector('#paste button').textContent").asText())
          .isEqualTo("copied");
      browser.evaluate(
          "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})"
              + "; 0");
      slide(browser, -4);
      browser.evaluate("document.querySelector('#paste button').click()");
      assertThat(browser.evaluate("getSelection().toString()").asText()).startsWith("echo 'r");
    }
  }

  @Test
  void rowsAreChosenByKeyboard() throws Exception {
    Plan plan = samplePlan("mixed-graph");
    try (Browser browser = opened(plan)) {
      for (String key : new String[] {"Enter", " "}) {
        int row = key.isBlank() ? 1 : 2;
        assertThat(
                browser
                    .evaluate(
                        "(() => { const row = document.querySelectorAll('#table tbody tr')["
                            + row
                            + "]; row.focus(); row.dispatchEvent(new KeyboardEvent('keydown', {key:"
                            + " '"
                            + key
                            + "'})); return document.activeElement === row; })()")
                    .asBoolean())
            .as("a row can have the focus")
            .isTrue();
        assertThat(text(browser, "name")).isEqualTo(plan.functions().get(row).function());
        assertAgreement(browser, plan.functions().get(row));
      }
    }
  }

  @Test
  void theBandForBurstsIsNamedWhereCallsAtRandomAreAssumed() throws Exception {
    Plan plan = syntheticPlan();
    List<Recommendation.Burst> bursts = plan.functions().get(0).recommendation().ifBursty();
    int most = bursts.get(bursts.size() - 1).maxactive();
    String words = "if calls come in bursts: " + bursts.get(0).maxactive() + " to " + most;
    try (Browser browser = opened(plan)) {
      assertThat(text(browser, "bursts")).isEqualTo(words);
      assertThat(browser.evaluate("document.getElementById('bursts-legend').hidden").asBoolean())
          .isFalse();
      assertThat(browser.evaluate("kretsim.charts.curve.scales.x.max").asInt())
          .isGreaterThanOrEqualTo(most);
      assertThat(text(browser, "why")).contains("only a trace can tell");
      slide(browser, -1);
      assertThat(text(browser, "bursts")).as("it was computed for the target alone").isEmpty();
    }
    try (Browser browser = opened(samplePlan("nanosleep-bursts"))) {
      assertThat(browser.evaluate("document.getElementById('bursts-legend').hidden").asBoolean())
          .isTrue();
    }
    assertThat(Svg.render(plan)).contains(words);
    assertThat(Svg.render(samplePlan("nanosleep-bursts"))).doesNotContain("come in bursts");
  }

  private Browser opened(Plan plan) throws Exception {
    Path file = Files.createTempFile(folder, "plan", ".html");
    Files.writeString(file, Html.render(plan));
    Browser browser = Browser.required(Files.createTempDirectory(folder, "profile"));
    browser.show(1280, 900, false);
    browser.open(file);
    return browser;
  }
}
