package dev.kretsim.report.fleet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.plan.Page;
import java.util.List;

/**
 * A fleet as one page: what any number on every host does, how much the hosts need, who stands out,
 * and who could not be planned.
 */
public final class Html {
  /** Of hosts in a list, and of kinds of remarks. */
  private static final int MOST_SHOWN = 200;

  private static final List<String> METHOD =
      List.of(
          "Each host is planned by itself, from its own recording; nothing is merged between"
              + " hosts.",
          "What is missed with one number on every host is the sum of what each host would have"
              + " missed, exactly.",
          "A day is every host's recording, repeated until the day is full: what was not recorded,"
              + " such as a busier hour, is not in it.",
          "The number that a host needs is that of its plan: what meets the target with certainty,"
              + " and never less than its kernel's default. So it can be more than the least that"
              + " would have been enough while it was recorded.",
          "A host stands out if it needs more than covers the wanted share of the hosts, or more"
              + " than twice what three of four need.");

  private Html() {}

  /** The page as text. */
  public static String render(FleetPlan plan) {
    ObjectNode json = Json.tree(plan);
    Words words = new Words(plan);
    for (int i = 0; i < plan.functions().size(); i++) {
      ObjectNode function = (ObjectNode) json.get("functions").get(i);
      shorten(function, "too_short");
      shorten(function, "outliers");
      ArrayNode notes = function.putArray("notes");
      words.notes(plan.functions().get(i)).forEach(notes::add);
    }
    shorten(json, "failed");
    // The page groups them: those of all hosts would be most of it.
    ArrayNode remarks = json.putArray("remarks");
    Remarks.kinds(plan).stream().limit(MOST_SHOWN).forEach(kind -> remarks.add(kind.toString()));
    ArrayNode method = json.putArray("method");
    METHOD.forEach(method::add);
    return Page.render(Html.class, "fleet.html", "/*fleet*/", json.toString());
  }

  /** Of 50 000 hosts a list would be most of the page, and nobody reads it there. */
  private static void shorten(ObjectNode json, String list) {
    ArrayNode all = (ArrayNode) json.get(list);
    json.put(list + "_count", all.size());
    while (all.size() > MOST_SHOWN) {
      all.remove(all.size() - 1);
    }
  }
}
