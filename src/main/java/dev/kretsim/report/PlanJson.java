package dev.kretsim.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Recommendation;

/** A plan as JSON of schema {@code kretsim.plan/1}. */
public final class PlanJson {
  private PlanJson() {}

  /** The whole plan, ended by a newline. */
  public static String render(Plan plan) {
    ObjectNode json = Json.result("kretsim.plan/1");
    json.put("source", plan.source());
    json.putNull("seed");
    json.put("kernel", plan.question().kernel().label());
    json.put("preempt", plan.question().preemption().label());
    json.put("possible_cpus", plan.possibleCpus());
    json.put("data_size", plan.question().dataSize());
    json.put("confidence", plan.question().confidence());
    ArrayNode functions = json.putArray("functions");
    for (FunctionPlan function : plan.functions()) {
      add(function, functions.addObject());
    }
    return Json.text(json);
  }

  private static void add(FunctionPlan plan, ObjectNode json) {
    FunctionPlan.Hold hold = plan.hold();
    json.put("function", plan.function());
    json.put("calls", plan.calls());
    json.put("unfinished", plan.unfinished());
    json.put("lost_exits", plan.lostExits());
    json.put("unpaired_exits", plan.unpairedExits());
    json.put("span_ns", plan.spanNs());
    json.put("rate_per_s", plan.ratePerSecond());
    json.put("mean_hold_ns", hold == null ? null : (Double) hold.meanNs());
    json.put("p50_hold_ns", hold == null ? null : (Long) hold.p50Ns());
    json.put("p99_hold_ns", hold == null ? null : (Long) hold.p99Ns());
    json.put("offered_load", plan.offeredLoad());
    json.put("peak_inside", plan.peakInside());
    json.put("threads", plan.threads());
    ArrayNode curve = json.putArray("curve");
    for (FunctionPlan.Point point : plan.curve()) {
      curve
          .addObject()
          .put("maxactive", point.maxactive())
          .put("missed", point.missed())
          .put("miss_ratio", point.missRatio())
          .put("low", point.low())
          .put("high", point.high());
    }
    addErlangB(plan, json.putObject("analytic"));
    addRecommendation(plan.recommendation(), json.putObject("recommendation"));
    addPaste(plan, json.putObject("paste"));
  }

  private static void addErlangB(FunctionPlan plan, ObjectNode json) {
    json.put("model", "erlang_b");
    ArrayNode curve = json.putArray("curve");
    for (int c = 1; c <= plan.erlangB().size(); c++) {
      curve.addObject().put("maxactive", c).put("miss_ratio", plan.erlangB().get(c - 1));
    }
  }

  private static void addRecommendation(Recommendation recommendation, ObjectNode json) {
    json.put("target", recommendation.target());
    json.put("maxactive", recommendation.maxactive());
    json.put("basis", recommendation.basis().label());
    json.put("safe_bound", recommendation.safeBound());
    json.put("default_maxactive", recommendation.defaultMaxactive());
    json.put("default_miss_ratio", recommendation.defaultMissRatio());
    json.put("memory_bytes", recommendation.memoryBytes());
    json.put("why", recommendation.why());
  }

  private static void addPaste(FunctionPlan plan, ObjectNode json) {
    PasteLines paste = new PasteLines(plan.function(), plan.recommendation().maxactive());
    json.put("kprobe_events", paste.kprobeEvents());
    json.put("bcc", paste.bcc());
    json.put("systemtap", paste.systemtap());
    json.put("cilium_ebpf", paste.ciliumEbpf());
    json.put("c", paste.c());
  }
}
