package dev.kretsim.report.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.explain.ExplainedStep;
import dev.kretsim.explain.Explanation;
import dev.kretsim.explain.Fact;
import dev.kretsim.explain.MachineState;
import dev.kretsim.explain.Value;
import dev.kretsim.report.JsonForm;
import dev.kretsim.workload.scenario.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a call as JSON of schema {@code kretsim.explain/1}. Words of 64 bits are strings in
 * hex, as many readers of JSON cut numbers beyond 2^53.
 */
public final class Json {
  private Json() {}

  /** The whole story, ended by a newline. */
  public static String render(Explanation explanation) {
    return JsonForm.text(node(explanation));
  }

  static ObjectNode node(Explanation explanation) {
    Scenario scenario = explanation.scenario();
    ObjectNode json = JsonForm.result("kretsim.explain/1");
    json.put("seed", scenario.seed());
    json.put("kernel", scenario.kernel().label());
    json.put("arch", scenario.arch().label());
    json.put("cpus", scenario.cpus());
    json.put("function", explanation.function());
    json.put("pool", explanation.pool());
    json.put("maxactive", explanation.maxactive());
    ArrayNode steps = json.putArray("steps");
    explanation.steps().forEach(step -> add(step, steps.addObject()));
    return json;
  }

  private static void add(ExplainedStep step, ObjectNode json) {
    json.put("n", step.n());
    json.put("at_ns", step.atNs());
    json.put("cpu", step.cpu());
    json.put("task", step.task());
    json.put("call", step.call().label());
    json.put("what", step.what());
    ObjectNode detail = json.putObject("detail");
    for (Fact fact : step.detail()) {
      Value before = fact.before();
      if (before == null) {
        put(detail, fact.name(), fact.now());
      } else {
        ObjectNode change = detail.putObject(fact.name());
        put(change, "before", before);
        put(change, "after", fact.now());
      }
    }
    add(step.state(), json.putObject("state"));
  }

  private static void add(MachineState state, ObjectNode json) {
    put(json, "text_at", state.textAt());
    ArrayNode text = json.putArray("text");
    state.text().forEach(text::add);
    ObjectNode registers = json.putObject("registers");
    state.registers().forEach(register -> put(registers, register.name(), register.value()));
    put(json, "stack_slot_at", state.slotAt());
    put(json, "stack_slot", state.slot());
    put(json, "free", state.free());
    put(json, "in_flight", state.inFlight());
    json.put("nmissed", state.nmissed());
    json.put("kp_nmissed", state.kpNmissed());
  }

  private static void put(ObjectNode json, String name, @Nullable Value value) {
    if (value instanceof Value.Count count) {
      json.put(name, count.number());
    } else if (value instanceof Value.Word word) {
      ObjectNode node = json.putObject(name).put("value", word.hex());
      node.put("symbol", word.symbol().isEmpty() ? null : word.symbol());
    } else if (value instanceof Value.Instances instances) {
      ArrayNode lists = json.putArray(name);
      for (List<Integer> list : instances.lists()) {
        list.forEach(lists.addArray()::add);
      }
    } else if (value instanceof Value.Members members) {
      members.names().forEach(json.putArray(name)::add);
    } else {
      json.put(name, value == null ? null : value.text());
    }
  }
}
