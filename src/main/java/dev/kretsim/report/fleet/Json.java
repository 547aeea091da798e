package dev.kretsim.report.fleet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.JsonForm;

/** A fleet as JSON of schema {@code kretsim.fleet/1}. */
public final class Json {
  private Json() {}

  /** The whole result, ended by a newline. */
  public static String render(FleetPlan plan) {
    return JsonForm.text(tree(plan));
  }

  static ObjectNode tree(FleetPlan plan) {
    ObjectNode json = JsonForm.result("kretsim.fleet/1");
    json.put("hosts", plan.hosts());
    json.put("target", plan.target());
    ArrayNode failed = json.putArray("failed");
    for (FleetPlan.Failed one : plan.failed()) {
      failed.addObject().put("host", one.host()).put("why", one.why());
    }
    ArrayNode remarks = json.putArray("remarks");
    for (FleetPlan.Remark one : plan.remarks()) {
      remarks.addObject().put("host", one.host()).put("remark", one.text());
    }
    ArrayNode functions = json.putArray("functions");
    for (FleetPlan.Function function : plan.functions()) {
      add(functions.addObject(), plan, function);
    }
    return json;
  }

  private static void add(ObjectNode json, FleetPlan.Sizes sizes) {
    json.put("all", sizes.all()).put("cover", sizes.cover()).put("median", sizes.median());
  }

  private static void add(ObjectNode json, FleetPlan plan, FleetPlan.Function function) {
    json.put("function", function.function());
    json.put("hosts", function.hosts());
    json.put("simulated_hosts", function.simulatedHosts());
    json.put("simulated_calls", function.simulatedCalls());
    json.put("default_enough_on", function.defaultEnoughOn());
    json.put("default_unknown_on", function.defaultUnknownOn());
    json.put("span_unknown_on", function.spanUnknownOn());
    json.put("span_short_on", function.spanShortOn());
    add(json.putObject("maxactive"), function.maxactive());
    add(json.putObject("smallest"), function.smallest());
    json.put("cover", plan.cover());
    ArrayNode tooShort = json.putArray("too_short");
    function.tooShort().forEach(tooShort::add);
    ArrayNode needs = json.putArray("needs");
    for (FleetPlan.Need need : function.needs()) {
      needs.addObject().put("maxactive", need.maxactive()).put("hosts", need.hosts());
    }
    json.putObject("memory_bytes")
        .put("all", function.memory().withAll())
        .put("cover", function.memory().withCover());
    json.putObject("misses_per_day")
        .put("default", function.missesPerDay().byDefault())
        .put("all", function.missesPerDay().withAll())
        .put("cover", function.missesPerDay().withCover());
    ArrayNode curve = json.putArray("curve");
    for (FleetPlan.Point point : function.curve()) {
      curve
          .addObject()
          .put("maxactive", point.maxactive())
          .put("missed", point.missed())
          .put("calls", point.calls())
          .put("simulated_missed", point.simulatedMissed())
          .put("simulated_calls", point.simulatedCalls())
          .put("hosts_over_target", point.hostsOverTarget())
          .put("misses_per_day", point.missesPerDay());
    }
    ArrayNode outliers = json.putArray("outliers");
    for (FleetPlan.Outlier outlier : function.outliers()) {
      outliers
          .addObject()
          .put("host", outlier.host())
          .put("maxactive", outlier.maxactive())
          .put("why", outlier.why());
    }
  }
}
