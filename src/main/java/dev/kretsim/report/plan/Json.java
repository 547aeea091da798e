package dev.kretsim.report.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Verdict;
import dev.kretsim.plan.Tool;
import dev.kretsim.report.JsonForm;
import dev.kretsim.trace.Tally;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as JSON of schema {@code kretsim.plan/1}. */
public final class Json {
  private Json() {}

  private static final String FUNCTIONS = "functions";

  /** Writes the plan, function by function: of thousands it is too much to have at once. */
  public static void write(Plan plan, Writer writer) {
    Iterable<ObjectNode> functions =
        plan.functions().stream().map(function -> tree(function, plan))::iterator;
    JsonForm.write(withoutFunctions(plan), FUNCTIONS, functions, writer);
  }

  static ObjectNode tree(Plan plan) {
    ObjectNode json = withoutFunctions(plan);
    ArrayNode functions = json.putArray(FUNCTIONS);
    plan.functions().forEach(function -> functions.add(tree(function, plan)));
    return json;
  }

  private static ObjectNode withoutFunctions(Plan plan) {
    ObjectNode json = JsonForm.result("kretsim.plan/1");
    json.put("source", plan.source());
    json.put("seed", plan.seed());
    json.put("kernel", plan.question().kernel().label());
    json.put("preempt", plan.question().preemption().label());
    json.put("kernel_release", plan.question().kernelRelease());
    addCpus(plan, json);
    json.put("data_size", plan.question().dataSize());
    json.put("confidence", plan.question().confidence());
    json.put("growth", plan.question().growth().factor());
    ArrayNode method = json.putArray("method");
    plan.method().forEach(method::add);
    addCounted(plan.counted(), json.putObject("counted"));
    return json;
  }

  private static void addCpus(Plan plan, ObjectNode json) {
    json.put("possible_cpus", plan.possibleCpus().number());
    json.put("possible_cpus_basis", plan.possibleCpus().basis().label());
  }

  private static ObjectNode tree(FunctionPlan plan, Plan whole) {
    ObjectNode json = JsonForm.object();
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
    json.put("burstiness", plan.burstiness());
    json.put("peak_inside", plan.peakInside());
    json.put("threads", plan.threads());
    addCpus(whole, json);
    addCounted(plan.counted(), json.putObject("counted"));
    addCurve(plan.curve(), json.putArray("curve"));
    if (!plan.present().isEmpty()) {
      addCurve(plan.present(), json.putArray("present_curve"));
    }
    addAnalytic(plan.analytic(), json.putObject("analytic"));
    addRecommendation(plan.recommendation(), json.putObject("recommendation"));
    addAsked(plan.asked(), json);
    addDownstream(plan, json.putArray("downstream"));
    ArrayNode notHelped = json.putArray("not_helped_by_maxactive");
    plan.notHelped().forEach(notHelped::add);
    addPaste(plan, whole.question(), json.putObject("paste"));
    return json;
  }

  private static void addCounted(Tally counted, ObjectNode json) {
    ArrayNode sources = json.putArray("sources");
    counted.sources().forEach(sources::add);
    json.put("lines", counted.lines());
    json.put("left_out", counted.linesLeftOut());
    ArrayNode why = json.putArray("left_out_why");
    counted
        .leftOut()
        .forEach((reason, lines) -> why.addObject().put("reason", reason).put("lines", lines));
    json.put("entries", counted.entries());
    json.put("returns", counted.returns());
    json.put("histogram_calls", counted.histogramCalls());
    json.put("resolution_ns", counted.resolutionNs());
  }

  private static void addCurve(List<FunctionPlan.Point> points, ArrayNode json) {
    for (FunctionPlan.Point point : points) {
      json.addObject()
          .put("maxactive", point.maxactive())
          .put("missed", point.missed())
          .put("miss_ratio", point.missRatio())
          .put("low", point.low())
          .put("high", point.high());
    }
  }

  private static void addAnalytic(FunctionPlan.Analytic analytic, ObjectNode json) {
    json.put("model", analytic.model());
    ArrayNode curve = json.putArray("curve");
    for (int c = 1; c <= analytic.missRatios().size(); c++) {
      curve.addObject().put("maxactive", c).put("miss_ratio", analytic.missRatios().get(c - 1));
    }
  }

  private static void addAsked(FunctionPlan.@Nullable Capacity asked, ObjectNode json) {
    if (asked == null) {
      json.putNull("asked");
      return;
    }
    json.putObject("asked")
        .put("maxactive", asked.maxactive())
        .put("miss_ratio", asked.missRatio())
        .put("low", asked.low())
        .put("high", asked.high())
        .put("highest_rate_per_s", asked.highestRatePerSecond());
  }

  private static void addDownstream(FunctionPlan plan, ArrayNode json) {
    for (FunctionPlan.Downstream cost : plan.downstream()) {
      json.addObject()
          .put("pool", cost.pool())
          .put("maxactive", cost.maxactive())
          .put("orphan_starts_per_hour", cost.orphansPerHour())
          .put("map_entries", cost.mapEntries())
          .put("map_full_after_s", cost.mapFullAfterSeconds());
    }
  }

  /** As the words say it: where the default is enough on any machine, that is kept. */
  private static @Nullable String verdict(Recommendation made) {
    Verdict verdict = PasteLines.keepsDefault(made) ? Verdict.KEEP_DEFAULT : made.verdict();
    return verdict == null ? null : verdict.label();
  }

  private static void addRecommendation(Recommendation recommendation, ObjectNode json) {
    json.put("target", recommendation.target());
    json.put("verdict", verdict(recommendation));
    json.put("maxactive", recommendation.maxactive());
    json.put("smallest", recommendation.smallest());
    json.put("same_memory_up_to", recommendation.sameMemoryUpTo());
    json.put("basis", recommendation.basis().label());
    json.put("safe_bound", recommendation.safeBound());
    json.put("default_maxactive", recommendation.defaultMaxactive());
    json.put("default_miss_ratio", recommendation.defaultMissRatio());
    if (!recommendation.byCpus().isEmpty()) {
      ArrayNode byCpus = json.putArray("by_cpus");
      for (Recommendation.DefaultOn machine : recommendation.byCpus()) {
        byCpus
            .addObject()
            .put("from", machine.fromCpus())
            .put("up_to", machine.upToCpus())
            .put("default", machine.maxactive())
            .put("miss_ratio", machine.missRatio())
            .put("enough", machine.enough());
      }
    }
    addBursts(recommendation.ifBursty(), json);
    json.put("memory_bytes", recommendation.memoryBytes());
    json.put("growth", recommendation.growth());
    json.put("within_tracefs_limit", recommendation.withinTracefs());
    json.put("highest_rate_per_s", recommendation.highestRatePerSecond());
    json.put("why", recommendation.why());
  }

  private static void addBursts(List<Recommendation.Burst> bursts, ObjectNode json) {
    if (bursts.isEmpty()) {
      json.putNull("if_bursty");
      return;
    }
    ArrayNode array = json.putArray("if_bursty");
    for (Recommendation.Burst burst : bursts) {
      array.addObject().put("dispersion", burst.dispersion()).put("maxactive", burst.maxactive());
    }
  }

  private static void addPaste(FunctionPlan plan, PlanQuestion question, ObjectNode json) {
    PasteLines paste = new PasteLines(plan, question);
    json.put("kprobe_events", paste.kprobeEvents());
    json.put("bcc", paste.line(Tool.BCC));
    json.put("systemtap", paste.line(Tool.SYSTEMTAP));
    json.put("cilium_ebpf", paste.line(Tool.CILIUM));
    json.put("c", paste.line(Tool.MODULE));
    json.put("bpftrace", paste.line(Tool.BPFTRACE));
    json.put("libbpf", paste.line(Tool.LIBBPF));
    json.put("perf", paste.line(Tool.PERF));
    json.put("warning", PasteLines.WARNING);
    ObjectNode chosen = json.putObject("tool");
    chosen.put("name", question.tool().label());
    chosen.put("can_set", paste.works(question.tool()));
    chosen.put("line", paste.line(question.tool()));
    chosen.put("note", paste.note(question.tool()));
  }
}
