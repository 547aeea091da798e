package dev.kretsim.fleet;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.PoolMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Joins what is known of hosts: sums and ranks, exact whatever the order they come in. */
public final class FleetSum {
  private final double target;
  private final double cover;
  private final int dataSize;
  private final PoolMemory memory;

  /**
   * @param cover the share of the hosts that the covering number is to fit, in (0, 1]
   */
  public FleetSum(PlanQuestion question, double cover) {
    this.target = question.target();
    this.cover = cover;
    this.dataSize = question.dataSize();
    this.memory = PoolMemory.of(question.kernel(), Arch.X86_64);
  }

  private record Row(String host, HostFunction known) {}

  /**
   * The plan of a fleet.
   *
   * @param results at least one, in any order
   * @throws BadInputException if no host could be planned
   */
  public FleetPlan of(List<HostResult> results) {
    List<FleetPlan.Failed> failed = new ArrayList<>();
    Map<String, List<Row>> byFunction = new TreeMap<>();
    List<HostResult> inOrder = new ArrayList<>(results);
    inOrder.sort(Comparator.comparing(HostResult::host));
    for (HostResult result : inOrder) {
      if (result.why() != null) {
        failed.add(new FleetPlan.Failed(result.host(), result.why()));
      }
      for (HostFunction known : result.functions()) {
        byFunction
            .computeIfAbsent(known.function(), function -> new ArrayList<>())
            .add(new Row(result.host(), known));
      }
    }
    if (byFunction.isEmpty()) {
      throw new BadInputException(
          "no host can be planned; the first: "
              + failed.get(0).host()
              + ": "
              + failed.get(0).why());
    }
    List<FleetPlan.Function> functions = new ArrayList<>();
    byFunction.forEach((name, rows) -> functions.add(function(name, rows)));
    functions.sort(
        Comparator.comparingInt(FleetPlan.Function::hosts)
            .reversed()
            .thenComparing(FleetPlan.Function::function));
    return new FleetPlan(results.size(), target, cover, failed, functions);
  }

  private FleetPlan.Function function(String name, List<Row> rows) {
    int[] sizes = rows.stream().mapToInt(row -> row.known().maxactive()).sorted().toArray();
    FleetPlan.Sizes maxactive =
        new FleetPlan.Sizes(sizes[sizes.length - 1], ranked(sizes, cover), ranked(sizes, 0.5));
    return new FleetPlan.Function(
        name,
        rows.size(),
        (int) rows.stream().filter(row -> row.known().keepsDefault()).count(),
        maxactive,
        new FleetPlan.Memory(bytes(rows, maxactive.all()), bytes(rows, maxactive.cover())),
        perDay(rows, maxactive),
        curve(rows),
        outliers(rows, maxactive.cover()));
  }

  /** The smallest number that is enough for at least that share. */
  private static int ranked(int[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length - 1e-9);
    return sorted[Math.max(1, rank) - 1];
  }

  private @Nullable Long bytes(List<Row> rows, int pool) {
    long sum = 0;
    for (Row row : rows) {
      Integer cpus = row.known().possibleCpus();
      if (cpus == null) {
        return null;
      }
      sum += memory.bytes(pool, dataSize, cpus);
    }
    return sum;
  }

  private static FleetPlan.MissesPerDay perDay(List<Row> rows, FleetPlan.Sizes sizes) {
    double byDefault = 0;
    double withAll = 0;
    double withCover = 0;
    for (Row row : rows) {
      HostFunction known = row.known();
      Integer own = known.defaultMaxactive();
      byDefault += own == null ? 0 : known.missesPerDay(own);
      withAll += known.missesPerDay(sizes.all());
      withCover += known.missesPerDay(sizes.cover());
    }
    return new FleetPlan.MissesPerDay(byDefault, withAll, withCover);
  }

  private List<FleetPlan.Point> curve(List<Row> rows) {
    int peak = rows.stream().mapToInt(row -> row.known().missed().size()).max().orElse(0);
    long calls = rows.stream().mapToLong(row -> row.known().calls()).sum();
    List<FleetPlan.Point> curve = new ArrayList<>();
    for (int pool = 1; pool <= peak; pool++) {
      long missed = 0;
      int over = 0;
      for (Row row : rows) {
        missed += row.known().missedWith(pool);
        over += row.known().isOver(target, pool) ? 1 : 0;
      }
      curve.add(new FleetPlan.Point(pool, missed, calls, over));
    }
    return curve;
  }

  private static List<FleetPlan.Outlier> outliers(List<Row> rows, int covered) {
    return rows.stream()
        .filter(row -> row.known().maxactive() > covered)
        .sorted(
            Comparator.comparingInt((Row row) -> row.known().maxactive())
                .reversed()
                .thenComparing(Row::host))
        .map(
            row ->
                new FleetPlan.Outlier(
                    row.host(), row.known().maxactive(), reason(row.known(), rows)))
        .toList();
  }

  /** In what it is farthest from the median of all. */
  private static String reason(HostFunction known, List<Row> rows) {
    if (known.lostExits() > 0) {
      return known.lostExits() + " returns are missing in its trace";
    }
    String why = "the most inside at once";
    double farthest = 1.5;
    double[][] all = new double[FACTORS.size()][];
    for (int factor = 0; factor < all.length; factor++) {
      Factor one = FACTORS.get(factor);
      double median = median(rows.stream().mapToDouble(row -> one.of(row.known())).toArray());
      double times = median > 0 ? one.of(known) / median : 0;
      if (times > farthest) {
        farthest = times;
        why = String.format(Locale.ROOT, "%s %.1f times the median", one.name, times);
      }
    }
    return why;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }

  private record Factor(String name, ToDoubleFunction<HostFunction> value) {
    double of(HostFunction known) {
      return value.applyAsDouble(known);
    }
  }

  private static double known(@Nullable Number value) {
    return value == null ? 0 : value.doubleValue();
  }

  private static final List<Factor> FACTORS =
      List.of(
          new Factor("its rate is", one -> known(one.ratePerSecond())),
          new Factor("its calls stay inside", one -> known(one.meanHoldNs())),
          new Factor("its threads are", one -> known(one.threads())),
          new Factor("its bursts are", one -> known(one.burstiness())));
}
