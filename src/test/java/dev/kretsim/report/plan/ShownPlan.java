package dev.kretsim.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.report.Browser;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans as pages, and what a browser shows of them. */
final class ShownPlan {
  private ShownPlan() {}

  static Plan samplePlan(String name) {
    return samplePlan(name, null);
  }

  static Plan samplePlan(String name, @Nullable Integer maxactive) {
    return samplePlan(name, PlanQuestion.usual(), null, maxactive);
  }

  static Plan samplePlan(
      String name, PlanQuestion usual, @Nullable Integer cpus, @Nullable Integer maxactive) {
    PlanQuestion question =
        new PlanQuestion(
            usual.functions(),
            usual.target(),
            usual.confidence(),
            usual.kernel(),
            usual.preemption(),
            cpus,
            usual.dataSize(),
            usual.growth(),
            maxactive,
            usual.mapEntries(),
            usual.tool(),
            null);
    try (TraceSource source = TraceSource.of("sample:" + name, InputStream.nullInputStream())) {
      return new Planner(question).plan(source, new TraceReader(source, null));
    }
  }

  static Plan syntheticPlan() {
    return syntheticPlan("vfs_read");
  }

  static Plan syntheticPlan(String function) {
    return syntheticPlan(function, 12_000);
  }

  static Plan syntheticPlan(String function, int rate) {
    return new SyntheticPlanner(
            PlanQuestion.usual(), new SyntheticPlanner.Effort(100_000, 0.1), share -> {})
        .plan(
            function,
            new SyntheticLoad.Open(
                Arrivals.poisson("rate " + rate + "/s", rate),
                Distribution.parse("lognormal(p50=80us,p99=4ms)")),
            1);
  }

  /** Headline, reason and line to paste, which must say the same. */
  static void assertAgreement(Browser browser, FunctionPlan plan) throws Exception {
    String answer = text(browser, "answer");
    String why = text(browser, "why");
    String paste = text(browser, "paste");
    double target = browser.evaluate("kretsim.target()").asDouble();
    boolean planned = target == plan.recommendation().target();
    if (planned) {
      assertThat(why).startsWith(plan.recommendation().why());
    } else {
      assertThat(why).startsWith("For a target of " + text(browser, "target-text"));
    }
    String number = answer.replaceAll("\\D", "");
    if (answer.startsWith("keep")) {
      assertThat(paste).contains("echo 'r:").doesNotContain("maxactive");
      assertThat(planned ? number : why).contains(number);
    } else if (answer.startsWith("maxactive")) {
      assertThat(paste).contains("echo 'r" + number + ":");
      assertThat(why).containsPattern("\\b" + number + "\\b");
    } else {
      assertThat(paste).isEmpty();
    }
  }

  static String slide(Browser browser, double exponent) throws Exception {
    return browser
        .evaluate(
            "(() => { const s = document.getElementById('target'); s.value = '"
                + exponent
                + "'; s.dispatchEvent(new Event('input')); return"
                + " document.getElementById('answer').textContent; })()")
        .asText();
  }

  static String text(Browser browser, String id) throws Exception {
    return browser.evaluate("document.getElementById('" + id + "').textContent").asText();
  }

  static List<String> texts(Browser browser, String list) throws Exception {
    List<String> texts = new ArrayList<>();
    browser.evaluate(list).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
