package dev.kretsim.conform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What a recording vouches for. Probes on functions of the kernel itself are hit by the rest of the
 * kernel, whose calls no recording contains: of these, only what does not depend on hits is left.
 */
public final class RecordedHits {
  private static final List<String> FROM_HITS =
      List.of(
          "nmissed",
          "kp_nmissed",
          "entry_calls",
          "entry_rejects",
          "ret_calls",
          "entry_calls_irqs_off",
          "ret_calls_irqs_off",
          "pre_calls",
          "post_calls",
          "bad_data",
          "distinct_instances",
          "pool");

  private RecordedHits() {}

  /** An answer without what depends on calls that were not recorded. */
  public static JsonNode only(JsonNode answer, List<JsonNode> steps) {
    Set<Integer> foreign = new HashSet<>();
    for (JsonNode step : steps) {
      if (isForeign(step)) {
        foreign.add(step.path("id").asInt());
      }
    }
    if (foreign.isEmpty()) {
      return answer;
    }
    JsonNode kept = answer.deepCopy();
    kept.findParents("symbol").forEach(RecordedHits::strip);
    if (kept instanceof ObjectNode log && log.get("events") instanceof ArrayNode events) {
      dropEvents(log, events, foreign);
    }
    return kept;
  }

  private static boolean isForeign(JsonNode named) {
    String symbol = named.path("symbol").asText();
    return !symbol.isEmpty() && !KernelSymbols.callsAreRecorded(symbol);
  }

  private static void strip(JsonNode state) {
    if (isForeign(state)) {
      ((ObjectNode) state).remove(FROM_HITS);
    }
  }

  private static void dropEvents(ObjectNode log, ArrayNode events, Set<Integer> foreign) {
    int before = events.size();
    for (Iterator<JsonNode> each = events.iterator(); each.hasNext(); ) {
      if (foreign.contains(each.next().path("p").asInt())) {
        each.remove();
      }
    }
    log.put("n", log.path("n").asInt() - (before - events.size()));
  }
}
