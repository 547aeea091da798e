package dev.kretsim.report.plan;

import static dev.kretsim.report.plan.ShownPlan.assertAgreement;
import static dev.kretsim.report.plan.ShownPlan.samplePlan;
import static dev.kretsim.report.plan.ShownPlan.slide;
import static dev.kretsim.report.plan.ShownPlan.syntheticPlan;
import static dev.kretsim.report.plan.ShownPlan.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.report.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report is one file that needs nothing else, and a browser shows what the plan says. */
class HtmlTest {
  /** Where CI sets this, a missing browser is a failure and not a skipped test. */
  private static final Path SCREENSHOTS = Path.of("..", "target", "screenshots");

  @TempDir private Path folder;

  @Test
  void thePageAsksNobodyForAnything() {
    String page = Html.render(samplePlan("nanosleep-bursts"));
    assertThat(page).startsWith("<!DOCTYPE html>").contains("uPlot", "hrtimer_nanosleep");
    assertThat(page).doesNotContain("src=", "/*uplot", "/*plan*/", "@import");
    assertThat(page.replace("\"http://www.w3.org", "")).doesNotContain("href=\"http");
  }

  @Test
  void aNameCannotEndTheScript() {
    assertThat(Html.render(syntheticPlan("</script><b>f")))
        .contains("\\u003c/script>")
        .doesNotContain("</script><b>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nanosleep-bursts", "mixed-graph", "synthetic"})
  void aBrowserShowsThePlanWithoutComplaintAndTheSliderRecomputes(String name) throws Exception {
    Plan plan = name.equals("synthetic") ? syntheticPlan() : samplePlan(name);
    FunctionPlan first = plan.functions().get(0);
    Path file = folder.resolve(name + ".html");
    Files.writeString(file, Html.render(plan));
    try (Browser browser = Browser.required(folder.resolve("profile"))) {
      for (int width : new int[] {1280, 400}) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.show(width, 900, dark);
          browser.open(file);
          assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
              .as("no sideways scrolling at %d", width)
              .isLessThanOrEqualTo(width);
          assertThat(browser.evaluate("kretsim.charts.curve.width").asInt()).isBetween(240, width);
          Files.createDirectories(SCREENSHOTS);
          browser.screenshot(
              SCREENSHOTS.resolve(name + "-" + width + (dark ? "-dark.png" : "-light.png")));
        }
      }
      JsonNode curve = browser.evaluate("kretsim.charts.curve.data");
      for (FunctionPlan.Point point : first.curve()) {
        JsonNode shown = curve.get(1).get(point.maxactive() - 1);
        assertThat(curve.get(0).get(point.maxactive() - 1).asInt()).isEqualTo(point.maxactive());
        assertThat(shown.asDouble()).isEqualTo(point.missRatio());
        assertThat(shown.isNull())
            .as("zero is not on a log scale")
            .isEqualTo(point.missed() == 0 && point.missRatio() == 0);
      }
      assertThat(browser.evaluate("document.getElementById('answer').textContent").asText())
          .isEqualTo(headline(first, first.recommendation().smallest()));
      assertAgreement(browser, first);
      assertThat(browser.evaluate("kretsim.charts.curve.scales.x.max").asInt())
          .as("the number to set is on the axis")
          .isGreaterThanOrEqualTo(
              first.recommendation().verdict() == Recommendation.Verdict.KEEP_DEFAULT
                  ? first.curve().size()
                  : first.recommendation().maxactive());
      for (double exponent : new double[] {-0.5, -1, -2.5}) {
        assertThat(slide(browser, exponent)).isEqualTo(expected(first, exponent));
        assertAgreement(browser, first);
      }
      assertThat(hover(browser)).contains(Integer.toString(first.curve().get(0).maxactive()));
      assertThat(browser.evaluate("kretsim.charts.occupancy.data[0].length").asInt())
          .isEqualTo(first.picture().occupancy().size());
      browser.evaluate(
          "document.querySelector('#table tbody tr:last-child').dispatchEvent("
              + "new KeyboardEvent('keydown', {key: 'Enter'}))");
      assertThat(text(browser, "name"))
          .isEqualTo(plan.functions().get(plan.functions().size() - 1).function());
      browser.evaluate("kretsim.choose(0)");
      assertThat(browser.evaluate("document.querySelectorAll('#paste button').length").asInt())
          .isGreaterThan(3);
      assertThat(browser.evaluate("document.querySelectorAll('#table tbody tr').length").asInt())
          .isEqualTo(plan.functions().size());
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests())
          .isNotEmpty()
          .allMatch(url -> url.equals(file.toUri().toString()) || url.startsWith("data:"));
    }
  }

  private static String expected(FunctionPlan plan, double exponent) {
    double target = Math.pow(10, exponent);
    for (FunctionPlan.Point point : plan.curve()) {
      if (point.high() <= target) {
        return headline(plan, point.maxactive());
      }
    }
    Integer safe = plan.recommendation().safeBound();
    return safe == null ? "more than " + plan.curve().size() : headline(plan, safe);
  }

  private static String headline(FunctionPlan plan, int needed) {
    Integer known = plan.recommendation().defaultMaxactive();
    int least = known == null ? plan.recommendation().byCpus().get(0).maxactive() : known;
    return least >= needed
        ? "keep the default (" + least + (known == null ? " or more)" : ")")
        : "maxactive = " + needed;
  }

  /** What the legend says with the pointer over the first maxactive. */
  private static String hover(Browser browser) throws Exception {
    return browser
        .evaluate(
            "(() => { kretsim.charts.curve.setCursor({left: 1, top: 20}); return"
                + " document.querySelector('#curve .u-legend').textContent; })()")
        .asText();
  }
}
