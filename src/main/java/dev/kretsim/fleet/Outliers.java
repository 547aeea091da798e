package dev.kretsim.fleet;

import dev.kretsim.fleet.FleetSum.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that need more of a function's instances than the others, and what sets them apart: more
 * than covers the wanted share of the hosts, or more than twice what three of four hosts need. The
 * second finds one host among few, where the covering number covers all. One whose kernel's default
 * is enough needs nothing, however large that is.
 */
final class Outliers {
  private static final int FEWEST_HOSTS = 3;
  private static final double MOST_HOSTS = 0.75;
  private static final int MUCH = 2;

  /** How many times the median is worth a word. */
  private static final double APART = 1.5;

  /** Missing returns beyond this share of the calls may be all that makes a host need more. */
  private static final double MANY_LOST = 0.01;

  private static final String TOO_SHORT =
      "its trace is too short to show that fewer than one for each of its threads are enough";

  private record Factor(String name, ToDoubleFunction<HostFunction> value) {}

  private static final List<Factor> FACTORS =
      List.of(
          new Factor("its rate is", one -> known(one.ratePerSecond())),
          new Factor("its calls stay inside", one -> known(one.meanHoldNs())),
          new Factor("its threads are", one -> known(one.threads())),
          new Factor("its bursts are", one -> known(one.burstiness())));

  private record Reason(String words, double times) {}

  private final double[] medians;

  private Outliers(List<Row> rows) {
    medians = FACTORS.stream().mapToDouble(factor -> median(rows, factor)).toArray();
  }

  /**
   * Those that need most first.
   *
   * @param rows all hosts that have the function, at least one
   * @param covered the number that covers the wanted share of them
   */
  static List<FleetPlan.Outlier> of(List<Row> rows, int covered) {
    int bound = Math.min(covered, usual(rows));
    List<Row> apart =
        rows.stream()
            .filter(row -> row.known().maxactive() > bound && !row.known().keepsDefault())
            .toList();
    if (apart.isEmpty()) {
      return List.of();
    }
    Outliers outliers = new Outliers(rows);
    return apart.stream()
        .sorted(
            Comparator.comparingInt((Row row) -> row.known().maxactive())
                .reversed()
                .thenComparing(Row::host))
        .map(
            row ->
                new FleetPlan.Outlier(
                    row.host(), row.known().maxactive(), outliers.reason(row.known())))
        .toList();
  }

  private static int usual(List<Row> rows) {
    if (rows.size() < FEWEST_HOSTS) {
      return Integer.MAX_VALUE;
    }
    int[] sorted = rows.stream().mapToInt(row -> row.known().maxactive()).sorted().toArray();
    return MUCH * sorted[(int) (MOST_HOSTS * sorted.length) - 1];
  }

  private String reason(HostFunction known) {
    List<Reason> reasons = new ArrayList<>();
    for (int factor = 0; factor < medians.length; factor++) {
      double times = FACTORS.get(factor).value().applyAsDouble(known) / medians[factor];
      if (medians[factor] > 0 && times > APART) {
        String words = FACTORS.get(factor).name() + " %.1f times the median";
        reasons.add(new Reason(String.format(Locale.ROOT, words, times), times));
      }
    }
    if (known.lostExits() > 0) {
      boolean many = known.lostExits() > MANY_LOST * known.calls();
      reasons.add(
          new Reason(
              known.lostExits() + " of its returns are missing", many ? Double.MAX_VALUE : 0));
    }
    if (known.tooShort()) {
      reasons.add(new Reason(TOO_SHORT, Double.MAX_VALUE / 2));
    }
    reasons.sort(Comparator.comparingDouble(Reason::times).reversed());
    return reasons.isEmpty()
        ? "the most inside at once"
        : String.join(", ", reasons.stream().map(Reason::words).toList());
  }

  private static double median(List<Row> rows, Factor factor) {
    double[] values =
        rows.stream().mapToDouble(row -> factor.value().applyAsDouble(row.known())).toArray();
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }

  private static double known(@Nullable Number value) {
    return value == null ? 0 : value.doubleValue();
  }
}
