package dev.kretsim.cli;

import dev.kretsim.plan.Plan;
import dev.kretsim.report.PlanCsv;
import dev.kretsim.report.PlanJson;
import dev.kretsim.report.PlanMarkdown;
import dev.kretsim.report.PlanTable;
import java.util.function.Function;

/** How a plan is printed. */
enum PlanForm {
  TABLE(PlanTable::render),
  JSON(PlanJson::render),
  CSV(PlanCsv::render),
  MARKDOWN(PlanMarkdown::render);

  private final Function<Plan, String> renderer;

  PlanForm(Function<Plan, String> renderer) {
    this.renderer = renderer;
  }

  String render(Plan plan) {
    return renderer.apply(plan);
  }
}
