package dev.kretsim.report.fleet;

import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.report.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the plans of hosts remark on: those that differ in numbers alone together. */
public final class Remarks {
  private static final Pattern NUMBERS = Pattern.compile("\\d+(?:\\.\\d+)?");
  private static final int MOST_SHOWN = 10;

  private Remarks() {}

  /**
   * Remarks that differ in numbers alone.
   *
   * @param first the first host that has one, in the order of their names
   * @param text what is said of it
   * @param hosts how many have one
   */
  record Kind(String first, String text, int hosts) {
    private static Kind of(List<FleetPlan.Remark> alike) {
      FleetPlan.Remark first = alike.get(0);
      int hosts = (int) alike.stream().map(FleetPlan.Remark::host).distinct().count();
      return new Kind(first.host(), first.text(), hosts);
    }

    @Override
    public String toString() {
      return hosts == 1
          ? first + ": " + text
          : "%d hosts, the first is %s: %s".formatted(hosts, first, text);
    }
  }

  /** Those that most hosts have first. */
  static List<Kind> kinds(FleetPlan plan) {
    Map<String, List<FleetPlan.Remark>> alike = new LinkedHashMap<>();
    for (FleetPlan.Remark remark : plan.remarks()) {
      String key = NUMBERS.matcher(remark.text()).replaceAll("0");
      alike.computeIfAbsent(key, text -> new ArrayList<>()).add(remark);
    }
    return alike.values().stream()
        .map(Kind::of)
        .sorted(Comparator.comparingInt(Kind::hosts).reversed())
        .toList();
  }

  /** Lines for people, not too many. */
  public static List<String> lines(FleetPlan plan) {
    List<String> lines = new ArrayList<>();
    List<Kind> kinds = kinds(plan);
    kinds.stream().limit(MOST_SHOWN).forEach(kind -> lines.add(Printable.of(kind.toString())));
    if (kinds.size() > MOST_SHOWN) {
      lines.add(
          "and %d more kinds of remarks; --out json has all".formatted(kinds.size() - MOST_SHOWN));
    }
    return lines;
  }
}
