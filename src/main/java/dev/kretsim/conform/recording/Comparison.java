package dev.kretsim.conform.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares a kernel's answer to a step with the replay's: the fields that say something about
 * probes, and only as far as the recording vouches for them.
 */
public final class Comparison {
  /** A field that differs; the path leads to it from the answer's top. */
  public record Difference(String field, JsonNode expected, JsonNode actual) {}

  /** What every run of a case has in common. */
  private static final Set<String> KEY_NUMBERS =
      Set.of(
          "rc",
          "nmissed",
          "kp_nmissed",
          "entry_calls",
          "entry_rejects",
          "ret_calls",
          "pre_calls",
          "post_calls",
          "flags",
          "registered",
          "maxactive",
          "data_size",
          "calls",
          "first_ret",
          "last_ret",
          "spawned",
          "inside",
          "released",
          "returned",
          "ret",
          "threads",
          "in_list",
          "rethook_depth_after",
          "bad_data",
          "free",
          "in_use",
          "irq_ret",
          "spin_ret",
          "calls_total",
          "probes",
          "pool",
          "after",
          "addr",
          "declared",
          "err",
          "i",
          "t",
          "id",
          "addr_after",
          "ret_calls_irqs_off",
          "missed_ids",
          "rejected_ids",
          "final_free_instances",
          "entry_calls_irqs_off",
          "args",
          "unprobed_results",
          "offsets",
          "off",
          "slot",
          "simulated",
          "results_unchanged",
          "undefined_traps",
          "pc_was_in_single_step_slot",
          "inner_ret");

  /** What only a run's own recording can tell. */
  private static final Set<String> OWN =
      Set.of("nr_objs", "capacity", "n", "impl", "obj_size", "bytes", "words", "insn");

  /** What follows from where tasks ran. */
  private static final Set<String> PLACED =
      Set.of("per_cpu_free", "distinct_instances", "inst", "data");

  /** A step that ended the process that took it. */
  private static final String NO_RETURN = "no return:";

  /** An arm64 branch and link in hex: its target differs by boot. */
  private static final Pattern CALL = Pattern.compile("(0x)?9[4-7][0-9a-f]{6}");

  private final List<Difference> differences = new ArrayList<>();
  private final boolean own;
  private final boolean placed;
  private final String trampoline;

  private Comparison(boolean own, boolean placed, String trampoline) {
    this.own = own;
    this.placed = placed;
    this.trampoline = trampoline;
  }

  /**
   * Compares two answers to one step.
   *
   * @param own whether {@code expected} is this environment's own recording
   * @param placed whether the replay knows on which CPU everything happened
   * @param trampoline the symbol that hijacked calls return to
   */
  public static List<Difference> of(
      JsonNode expected, JsonNode actual, boolean own, boolean placed, String trampoline) {
    Comparison comparison = new Comparison(own, placed, trampoline);
    if (expected.has("events")) {
      comparison.compareEvents(expected, actual);
    } else {
      comparison.compareFields("", expected, actual);
    }
    return comparison.differences;
  }

  private void compareFields(String path, JsonNode expected, JsonNode actual) {
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = field.getKey();
      // A kretprobe's "addr" is a place in that kernel's build; in "after" it says set or null.
      boolean isPlace = name.equals("addr") && !path.startsWith("after");
      // A run's "pool" is a name; that of a state says what is in it.
      boolean isName = name.equals("pool") && field.getValue().isTextual();
      if (compares(name) && !isPlace && !isName) {
        compare(path + name, field.getValue(), actual.path(name));
      }
    }
  }

  private boolean compares(String name) {
    return KEY_NUMBERS.contains(name)
        || (own && OWN.contains(name))
        || (own && placed && PLACED.contains(name));
  }

  private void compare(String path, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      compareFields(path + ".", expected, actual);
    } else if (expected.isArray() && actual.isArray() && holdsObjects(expected)) {
      if (expected.size() != actual.size()) {
        note(path + ".length", expected.size(), actual.size());
      }
      for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
        compare(path + "[" + i + "]", expected.get(i), actual.get(i));
      }
    } else if (!equal(expected, actual)) {
      differences.add(new Difference(path, expected, actual));
    }
  }

  /** Order is compared for each task: tasks that run at once have none among each other. */
  private void compareEvents(JsonNode expected, JsonNode actual) {
    boolean complete = expected.path("n").asInt() == expected.path("events").size();
    if (own && expected.path("n").asInt() != actual.path("n").asInt()) {
      note("n", expected.path("n").asInt(), actual.path("n").asInt());
    }
    Map<String, List<JsonNode>> expectedOf = byTask(expected.path("events"));
    Map<String, List<JsonNode>> actualOf = byTask(actual.path("events"));
    expectedOf.forEach(
        (task, events) -> {
          List<JsonNode> found = actualOf.getOrDefault(task, List.of());
          if (complete ? events.size() != found.size() : events.size() > found.size()) {
            note("events of " + task, events.size(), found.size());
          }
          for (int i = 0; i < Math.min(events.size(), found.size()); i++) {
            compareEvent("event " + i + " of " + task + ": ", events.get(i), found.get(i));
          }
        });
  }

  private void compareEvent(String path, JsonNode expected, JsonNode actual) {
    for (String name : List.of("k", "p", "retval")) {
      if (expected.has(name)) {
        compare(path + name, expected.get(name), actual.path(name));
      }
    }
    if (!own) {
      return;
    }
    compare(path + "depth", expected.path("depth"), actual.path("depth"));
    if (!expected.path("ctx").asText().equals(actual.path("ctx").asText())) {
      differences.add(new Difference(path + "ctx", expected.path("ctx"), actual.path("ctx")));
    }
    for (String name : List.of("ret_addr", "stack_ret")) {
      boolean expectedThere = expected.path(name).asText().startsWith(trampoline);
      if (expectedThere != actual.path(name).asText().equals(trampoline)) {
        differences.add(new Difference(path + name, expected.path(name), actual.path(name)));
      }
    }
    for (String name : List.of("inst", "data")) {
      // No data: what is in fresh memory is unknown for this kernel.
      if (placed && expected.has(name) && actual.has(name)) {
        compare(path + name, expected.get(name), actual.get(name));
      }
    }
  }

  private Map<String, List<JsonNode>> byTask(JsonNode events) {
    Map<String, List<JsonNode>> byTask = new LinkedHashMap<>();
    for (JsonNode event : events) {
      String task = event.path("task").asText();
      // Which CPU's idle task an interrupt arrived in is no number that runs have in common.
      String key = !own && task.startsWith("swapper/") ? "swapper" : task;
      byTask.computeIfAbsent(key, first -> new ArrayList<>()).add(event);
    }
    return byTask;
  }

  private static boolean holdsObjects(JsonNode array) {
    return !array.isEmpty() && array.get(0).isObject();
  }

  private static boolean equal(JsonNode expected, JsonNode actual) {
    if (expected.isIntegralNumber() && actual.isIntegralNumber()) {
      return expected.bigIntegerValue().longValue() == actual.longValue();
    }
    if (expected.asText().startsWith(NO_RETURN)) {
      return actual.asText().startsWith(NO_RETURN); // what follows is from that kernel's log
    }
    if (CALL.matcher(expected.asText()).matches()) {
      return CALL.matcher(actual.asText()).matches();
    }
    if (expected.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        if (!equal(expected.get(i), actual.get(i))) {
          return false;
        }
      }
      return true;
    }
    // Whole numbers are equal whatever their width, also inside lists.
    return !(actual instanceof MissingNode) && expected.toString().equals(actual.toString());
  }

  private void note(String field, int expected, int actual) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    differences.add(new Difference(field, nodes.numberNode(expected), nodes.numberNode(actual)));
  }
}
