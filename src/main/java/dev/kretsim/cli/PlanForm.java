package dev.kretsim.cli;

import dev.kretsim.plan.Plan;
import dev.kretsim.report.plan.Csv;
import dev.kretsim.report.plan.Json;
import dev.kretsim.report.plan.Layout;
import dev.kretsim.report.plan.Markdown;
import dev.kretsim.report.plan.Table;
import java.util.function.Function;

/** How a plan is printed. */
enum PlanForm {
  TABLE(plan -> Table.render(plan, Layout.ofTerminal(false))),
  JSON(Json::render),
  CSV(Csv::render),
  MARKDOWN(Markdown::render);

  private final Function<Plan, String> renderer;

  PlanForm(Function<Plan, String> renderer) {
    this.renderer = renderer;
  }

  String render(Plan plan) {
    return renderer.apply(plan);
  }
}
