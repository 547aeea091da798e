package dev.kretsim.report.plan;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Ratio;

/** The recommendations and curves of a plan as Markdown, to paste into an issue or a mail. */
public final class Markdown {
  private Markdown() {}

  /** A section for each function: the sentence, the line to paste, the curve. */
  public static String render(Plan plan) {
    StringBuilder text = new StringBuilder();
    for (FunctionPlan function : plan.functions()) {
      int maxactive = function.recommendation().maxactive();
      text.append("### `").append(function.function()).append("`: maxactive = ").append(maxactive);
      text.append("\n\n").append(function.recommendation().why()).append("\n\n```\n");
      text.append(new PasteLines(function.function(), maxactive).kprobeEvents());
      text.append("\n```\n\n| function | maxactive | missed | ratio | low | high | analytic |\n");
      text.append("|---|---:|---:|---:|---:|---:|---:|\n");
      for (Point point : function.curve()) {
        String model = CurveRow.analytic(function, point.maxactive());
        text.append("| ").append(function.function().replace("|", "\\|"));
        text.append(" | ").append(point.maxactive());
        text.append(" | ").append(point.missed());
        text.append(" | ").append(Ratio.text(point.missRatio()));
        text.append(" | ").append(Ratio.text(point.low()));
        text.append(" | ").append(Ratio.text(point.high()));
        text.append(" | ").append(model.isEmpty() ? "" : Ratio.text(Double.parseDouble(model)));
        text.append(" |\n");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
