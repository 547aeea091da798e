package dev.kretsim.fleet;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.PoolMemory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Joins what is known of hosts: sums and ranks, exact whatever the order they come in. */
public final class FleetSum {
  private static final int MOST_NAMED = 10;

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
   * @throws BadInputException if no host could be planned, or none calls a function asked for
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
    if (failed.size() == results.size()) {
      throw new BadInputException(
          "no host can be planned; the first is "
              + failed.get(0).host()
              + ": "
              + failed.get(0).why());
    }
    List<String> missing = missing(results);
    if (!missing.isEmpty()) {
      throw new BadInputException(nobodyCalls(missing));
    }
    List<FleetPlan.Function> functions = new ArrayList<>();
    byFunction.forEach((name, rows) -> functions.add(function(name, rows)));
    functions.sort(
        Comparator.comparingInt(FleetPlan.Function::hosts)
            .reversed()
            .thenComparing(FleetPlan.Function::function));
    return new FleetPlan(results.size(), target, cover, failed, remarks, functions);
  }

  /** The functions asked for that no host calls, as far as hosts could be planned. */
  public List<String> missing(List<HostResult> results) {
    Set<String> called = new HashSet<>();
    results.forEach(host -> host.functions().forEach(known -> called.add(known.function())));
    return question.functions().stream()
        .distinct()
        .filter(asked -> !called.contains(asked))
        .toList();
  }

  /**
   * Says that no host calls some functions.
   *
   * @param host one that was planned
   * @param called the functions that it calls
   */
  public static String nobodyCalls(List<String> missing, String host, List<String> called) {
    return nobodyCalls(missing)
        + (called.isEmpty()
            ? ""
            : "; %s has %s%s%s"
                .formatted(
                    host,
                    String.join(", ", called.subList(0, Math.min(called.size(), MOST_NAMED))),
                    called.size() > MOST_NAMED ? " and more" : "",
                    DidYouMean.hint(called, missing.get(0))));
  }

  private static String nobodyCalls(List<String> functions) {
    return "no host that can be planned has a call of " + String.join(", ", functions);
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
