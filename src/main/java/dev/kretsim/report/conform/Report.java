package dev.kretsim.report.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.conform.recording.ConformResult;
import dev.kretsim.report.JsonForm;
import dev.kretsim.report.TextTable;
import java.util.LinkedHashMap;
import java.util.Map;

/** A conformance result as text, or as JSON of schema {@code kretsim.conform/1}. */
public final class Report {
  private static final int VALUE_WIDTH = 40;

  private Report() {}

  /** The whole result, ended by a newline. */
  public static String json(ConformResult result) {
    ObjectNode json = JsonForm.result("kretsim.conform/1");
    json.put("cases", result.cases());
    json.put("runs", result.runs());
    json.put("passed", result.passed());
    ArrayNode failed = json.putArray("failed");
    for (ConformResult.Failure failure : result.failed()) {
      ObjectNode one =
          failed
              .addObject()
              .put("case", failure.id())
              .put("env", failure.env())
              .put("step", failure.step())
              .put("field", failure.field());
      one.set("expected", failure.expected());
      one.set("actual", failure.actual().isMissingNode() ? one.nullNode() : failure.actual());
    }
    ArrayNode skipped = json.putArray("skipped");
    for (ConformResult.Skip skip : result.skipped()) {
      skipped.addObject().put("case", skip.id()).put("why", skip.why());
    }
    return JsonForm.text(json);
  }

  /** Differences first, what was left out by reason, and the count as the last line. */
  public static String text(ConformResult result) {
    StringBuilder text = new StringBuilder();
    if (!result.failed().isEmpty()) {
      TextTable table = new TextTable().row("case", "env", "step", "field", "kernel", "kretsim");
      for (ConformResult.Failure failure : result.failed()) {
        table.row(
            failure.id(),
            failure.env(),
            String.valueOf(failure.step()),
            failure.field(),
            shortened(failure.expected()),
            shortened(failure.actual()));
      }
      text.append(table.render("")).append('\n');
    }
    Map<String, Integer> reasons = new LinkedHashMap<>();
    result.skipped().forEach(skip -> reasons.merge(skip.why(), 1, Integer::sum));
    reasons.forEach((why, count) -> text.append("skipped %d: %s%n".formatted(count, why)));
    text.append(
        "%d recordings, %d runs: %d as the kernel, %d not%n"
            .formatted(
                result.cases(), result.runs(), result.passed(), result.runs() - result.passed()));
    return text.toString();
  }

  private static String shortened(JsonNode value) {
    String text = value.isMissingNode() ? "-" : value.toString();
    return text.length() <= VALUE_WIDTH ? text : text.substring(0, VALUE_WIDTH - 3) + "...";
  }
}
