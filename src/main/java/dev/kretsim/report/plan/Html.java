package dev.kretsim.report.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Tool;
import org.jspecify.annotations.Nullable;

/**
 * A plan as one page: charts to hover over, a slider for the target, a table, and how it was
 * computed.
 */
public final class Html {
  private static final String PAGE = "plan.html";
  private static final String ANY_NUMBER = "{maxactive}";

  private Html() {}

  /** The page as text. */
  public static String render(Plan plan) {
    return Page.render(Html.class, PAGE, "/*plan*/", data(plan));
  }

  /** The plan with its pictures. */
  private static String data(Plan plan) {
    ObjectNode json = Json.tree(plan);
    ArrayNode functions = (ArrayNode) json.get("functions");
    for (int i = 0; i < functions.size(); i++) {
      FunctionPlan.Picture picture = plan.functions().get(i).picture();
      ObjectNode function = (ObjectNode) functions.get(i);
      addLines(plan, i, null, function.putObject("paste_keep"));
      addLines(plan, i, ANY_NUMBER, function.putObject("paste_set"));
      ArrayNode occupancy = function.putArray("occupancy");
      for (FunctionPlan.Stretch stretch : picture.occupancy()) {
        occupancy.addArray().add(stretch.fromNs()).add(stretch.mean()).add(stretch.peak());
      }
      ArrayNode holds = function.putArray("holds");
      for (FunctionPlan.Bucket bucket : picture.holds()) {
        holds.addArray().add(bucket.fromNs()).add(bucket.toNs()).add(bucket.count());
      }
    }
    return json.toString();
  }

  /** The lines for the default, or with what stands for a number in them. */
  private static void addLines(Plan plan, int index, @Nullable String number, ObjectNode json) {
    PasteLines lines = new PasteLines(plan.functions().get(index), plan.question(), number);
    for (Tool tool : Tool.values()) {
      json.put(tool.label(), lines.line(tool));
    }
  }
}
