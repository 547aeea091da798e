package dev.kretsim.benchmarks.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.report.plan.Page;

/**
 * A measurement as one page with a chart for each question. The page carries all it needs and asks
 * nobody for anything, so it opens offline.
 */
public final class Html {
  private static final String PAGE = "results.html";

  private Html() {}

  public static String of(Measurement measured) {
    return Page.render(Html.class, PAGE, "/*results*/", data(measured));
  }

  /** What the page shows. */
  private static String data(Measurement measured) {
    ObjectNode json = Json.summary(measured).put("heading", Text.heading(measured));
    ArrayNode comparisons = json.putArray("comparisons");
    for (Comparison comparison : Comparison.of(measured)) {
      ObjectNode node = comparisons.addObject().put("question", comparison.question());
      ArrayNode entries = node.putArray("entries");
      for (Comparison.Entry entry : comparison.entries()) {
        Estimate estimate = entry.score().estimate();
        ObjectNode shown =
            entries
                .addObject()
                .put("name", entry.name())
                .put("ours", entry.ours())
                .put("ns", estimate.value())
                .put("low", estimate.low())
                .put("high", estimate.high())
                .put("miss_share", entry.score().missShare());
        entry.overFloor().ifPresent(over -> shown.put("over_floor", over.value()));
      }
    }
    return json.toString();
  }
}
