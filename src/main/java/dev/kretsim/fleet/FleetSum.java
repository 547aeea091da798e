package dev.kretsim.fleet;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.PoolMemory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Joins what is known of hosts: sums and ranks, exact whatever the order they come in. */
public final class FleetSum {
  private final double target;
  private final double cover;
  private final FleetQuestion question;

  /**
   * @param cover the share of the hosts that the covering number is to fit, in (0, 1]
   */
  public FleetSum(FleetQuestion question, double cover) {
    this.question = question;
    this.target = question.plan().target();
    this.cover = cover;
  }

  /** One function on one host. */
  record Row(String host, HostFunction known) {}

  /**
   * The plan of a fleet.
   *
   * @param results at least one, in any order
   * @throws BadInputException if no host could be planned
   */
  public FleetPlan of(List<HostResult> results) {
    List<FleetPlan.Failed> failed = new ArrayList<>();
    List<FleetPlan.Remark> remarks = new ArrayList<>();
    Map<String, List<Row>> byFunction = new TreeMap<>();
    List<HostResult> inOrder = new ArrayList<>(results);
    inOrder.sort(Comparator.comparing(HostResult::host));
    for (HostResult result : inOrder) {
      if (result.why() != null) {
        failed.add(new FleetPlan.Failed(result.host(), result.why()));
      }
      result.remarks().forEach(text -> remarks.add(new FleetPlan.Remark(result.host(), text)));
      for (HostFunction known : result.functions()) {
        byFunction
            .computeIfAbsent(known.function(), function -> new ArrayList<>())
            .add(new Row(result.host(), known));
      }
    }
    if (byFunction.isEmpty()) {
      throw new BadInputException(
          failed.size() < results.size()
              ? "no host that can be planned has a call of "
                  + String.join(", ", question.functions())
              : "no host can be planned; the first is "
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
    return new FleetPlan(results.size(), target, cover, failed, remarks, functions);
  }

  private FleetPlan.Function function(String name, List<Row> rows) {
    int[] numbers = rows.stream().mapToInt(row -> row.known().maxactive()).sorted().toArray();
    int[] least = rows.stream().mapToInt(row -> row.known().smallest()).sorted().toArray();
    FleetPlan.Sizes maxactive = sizes(numbers);
    return new FleetPlan.Function(
        name,
        rows.size(),
        (int) rows.stream().filter(row -> row.known().isModelled()).count(),
        (int) rows.stream().filter(row -> row.known().keepsDefault()).count(),
        (int) rows.stream().filter(row -> row.known().defaultMaxactive() == null).count(),
        (int) rows.stream().filter(row -> !row.known().tellsDays()).count(),
        (int) rows.stream().filter(row -> row.known().isBrief()).count(),
        maxactive,
        sizes(least),
        rows.stream().filter(row -> row.known().tooShort()).map(Row::host).toList(),
        needs(numbers),
        new FleetPlan.Memory(bytes(rows, maxactive.all()), bytes(rows, maxactive.cover())),
        perDay(rows, maxactive),
        curve(rows),
        Outliers.of(rows, maxactive.cover()));
  }

  private FleetPlan.Sizes sizes(int[] sorted) {
    return new FleetPlan.Sizes(
        sorted[sorted.length - 1], ranked(sorted, cover), ranked(sorted, 0.5));
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
      PlanQuestion own = question.plan(row.host());
      sum += PoolMemory.of(own.kernel(), Arch.X86_64).bytes(pool, own.dataSize(), cpus);
    }
    return sum;
  }

  private static FleetPlan.MissesPerDay perDay(List<Row> rows, FleetPlan.Sizes sizes) {
    return new FleetPlan.MissesPerDay(
        perDay(rows, HostFunction::defaultMaxactive),
        perDay(rows, known -> sizes.all()),
        perDay(rows, known -> sizes.cover()));
  }

  /**
   * The same in whatever order the rows come: rounded once, at the end.
   *
   * @param pool what each has; null: not known
   */
  private static @Nullable Double perDay(
      List<Row> rows, Function<HostFunction, @Nullable Integer> pool) {
    BigDecimal sum = null;
    for (Row row : rows) {
      Integer own = pool.apply(row.known());
      Double missed = own == null ? null : row.known().missesPerDay(own);
      if (missed != null) {
        sum = (sum == null ? BigDecimal.ZERO : sum).add(new BigDecimal(missed));
      }
    }
    return sum == null ? null : (Double) sum.doubleValue();
  }

  private static List<FleetPlan.Need> needs(int[] sorted) {
    TreeMap<Integer, Integer> hosts = new TreeMap<>();
    for (int maxactive : sorted) {
      hosts.merge(maxactive, 1, Integer::sum);
    }
    return hosts.entrySet().stream()
        .map(need -> new FleetPlan.Need(need.getKey(), need.getValue()))
        .toList();
  }

  private List<FleetPlan.Point> curve(List<Row> rows) {
    int peak = rows.stream().mapToInt(row -> row.known().missed().size()).max().orElse(0);
    long[] missed = new long[peak];
    long[] simulated = new long[peak];
    int[] over = new int[peak];
    BigDecimal[] perDay = new BigDecimal[peak];
    Arrays.fill(perDay, BigDecimal.ZERO);
    for (Row row : rows) {
      HostFunction known = row.known();
      long[] sums = known.isModelled() ? simulated : missed;
      for (int pool = 1; pool <= known.missed().size(); pool++) {
        sums[pool - 1] += known.missedWith(pool);
        over[pool - 1] += known.ratioWith(pool) > target ? 1 : 0;
        Double daily = known.missesPerDay(pool);
        if (daily != null) {
          perDay[pool - 1] = perDay[pool - 1].add(new BigDecimal(daily));
        }
      }
    }
    boolean tellDays = rows.stream().anyMatch(row -> row.known().tellsDays());
    long calls = calls(rows, false);
    long simulatedCalls = calls(rows, true);
    List<FleetPlan.Point> curve = new ArrayList<>();
    for (int at = 0; at < peak; at++) {
      curve.add(
          new FleetPlan.Point(
              at + 1,
              missed[at],
              calls,
              simulated[at],
              simulatedCalls,
              over[at],
              tellDays ? (Double) perDay[at].doubleValue() : null));
    }
    return curve;
  }

  private static long calls(List<Row> rows, boolean modelled) {
    return rows.stream()
        .map(Row::known)
        .filter(known -> known.isModelled() == modelled)
        .mapToLong(HostFunction::calls)
        .sum();
  }
}
