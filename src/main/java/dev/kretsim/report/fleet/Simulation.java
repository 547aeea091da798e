package dev.kretsim.report.fleet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.fleet.simulate.DescribedFleet;
import dev.kretsim.fleet.simulate.SimulatedFleet;
import dev.kretsim.fleet.simulate.SimulatedFleet.Pool;
import dev.kretsim.fleet.simulate.SimulatedFleet.Range;
import dev.kretsim.plan.Ratio;
import dev.kretsim.report.JsonForm;
import dev.kretsim.report.TextTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A described fleet as table, JSON, CSV and Markdown. */
public final class Simulation {
  private static final List<String> HEAD =
      List.of(
          "maxactive",
          "hosts that miss too many",
          "missed a day",
          "of all calls",
          "half of the hosts miss at most",
          "99 % of them");

  /** What is less is as good as nothing. */
  private static final double SMALLEST_SHARE = 1e-9;

  /** Of the hosts, those that may miss too many. */
  private static final double FEW = 0.01;

  private Simulation() {}

  /** As JSON of schema {@code kretsim.fleet-simulation/1}. */
  public static String json(SimulatedFleet result) {
    DescribedFleet fleet = result.fleet();
    ObjectNode json = JsonForm.result("kretsim.fleet-simulation/1");
    json.put("seed", result.seed());
    json.put("hosts", fleet.hosts());
    json.put("rate", fleet.rate().toString());
    json.put("hold", fleet.hold().toString());
    json.put("threads", fleet.threads() == null ? null : fleet.threads().toString());
    json.put("correlation", fleet.correlation());
    if (fleet.diurnal().times() == null) {
      ArrayNode hours = json.putArray("diurnal");
      fleet.diurnal().levels().forEach(hours::add);
    } else {
      json.put("diurnal", fleet.diurnal().times());
    }
    json.put("target", result.target());
    json.put("confidence", result.confidence());
    json.put("drawn", result.drawn());
    json.put("calls_per_day", result.callsPerDay());
    json.put("hosts_short_of_threads", result.shortOfThreads());
    ArrayNode pools = json.putArray("pools");
    for (Pool pool : result.pools()) {
      ObjectNode one = pools.addObject().put("maxactive", pool.maxactive());
      add(one.putObject("hosts_over_target"), pool.hostsOverTarget());
      add(one.putObject("missed_per_day"), pool.missedPerDay());
      one.put("miss_ratio", ratio(result, pool));
      one.putObject("host_miss_ratio")
          .put("median", pool.ratioOfMedianHost())
          .put("p99", pool.ratioOf99Percent())
          .put("worst", pool.ratioOfWorst());
    }
    return JsonForm.text(json);
  }

  private static void add(ObjectNode json, Range range) {
    json.put("expected", range.expected()).put("low", range.low()).put("high", range.high());
  }

  private static double ratio(SimulatedFleet result, Pool pool) {
    return result.callsPerDay() > 0 ? pool.missedPerDay().expected() / result.callsPerDay() : 0;
  }

  /** As CSV, a row for each maxactive. */
  public static String csv(SimulatedFleet result) {
    StringBuilder csv =
        new StringBuilder(
            "maxactive,hosts_over_target,hosts_over_target_low,hosts_over_target_high,"
                + "missed_per_day,missed_per_day_low,missed_per_day_high,miss_ratio,"
                + "median_host_miss_ratio,p99_host_miss_ratio,worst_host_miss_ratio,seed\n");
    for (Pool pool : result.pools()) {
      Range hosts = pool.hostsOverTarget();
      Range missed = pool.missedPerDay();
      csv.append(pool.maxactive()).append(',').append(hosts.expected());
      csv.append(',').append(hosts.low()).append(',').append(hosts.high());
      csv.append(',').append(missed.expected()).append(',').append(missed.low());
      csv.append(',').append(missed.high()).append(',').append(ratio(result, pool));
      csv.append(',').append(pool.ratioOfMedianHost()).append(',').append(pool.ratioOf99Percent());
      csv.append(',').append(pool.ratioOfWorst()).append(',').append(result.seed()).append('\n');
    }
    return csv.toString();
  }

  /** For a terminal. */
  public static String table(SimulatedFleet result) {
    TextTable table = new TextTable().row(last(HEAD));
    result.pools().forEach(pool -> table.row(last(cells(result, pool))));
    return summary(result) + "\n\n" + table.render("");
  }

  private static String[] last(List<String> cells) {
    String[] row = cells.toArray(new String[cells.size() + 1]);
    row[cells.size()] = "";
    return row;
  }

  /** For a pull request. */
  public static String markdown(SimulatedFleet result) {
    StringBuilder text = new StringBuilder(summary(result)).append("\n\n").append(row(HEAD));
    text.append("|---:".repeat(HEAD.size())).append("|\n");
    result.pools().forEach(pool -> text.append(row(cells(result, pool))));
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static List<String> cells(SimulatedFleet result, Pool pool) {
    return List.of(
        String.valueOf(pool.maxactive()),
        range(pool.hostsOverTarget()),
        range(pool.missedPerDay()),
        share(ratio(result, pool)),
        share(pool.ratioOfMedianHost()),
        share(pool.ratioOf99Percent()));
  }

  private static String range(Range range) {
    String low = number(range.low());
    String high = number(range.high());
    return number(range.expected()) + (low.equals(high) ? "" : " (" + low + " - " + high + ")");
  }

  private static String number(double value) {
    return value < 1e6
        ? String.format(Locale.ROOT, "%.0f", value)
        : value < 1e9
            ? String.format(Locale.ROOT, "%.1f million", value / 1e6)
            : value < 1e12
                ? String.format(Locale.ROOT, "%.1f billion", value / 1e9)
                : String.format(Locale.ROOT, "%.1f trillion", value / 1e12);
  }

  private static String share(double value) {
    return value > 0 && value < SMALLEST_SHARE ? "below 1e-9" : Ratio.text(value);
  }

  private static String summary(SimulatedFleet result) {
    DescribedFleet fleet = result.fleet();
    return String.format(
        Locale.ROOT,
        "%s%n%s, each with rate %s, hold %s%s; seed %d, %d hosts drawn.%n"
            + "Behind each number is the range in which %s of such fleets lie.%s",
        verdict(result),
        Words.hosts(fleet.hosts()),
        fleet.rate(),
        fleet.hold(),
        fleet.threads() == null ? ", calls at random" : ", threads " + fleet.threads(),
        result.seed(),
        result.drawn(),
        Words.percent(result.confidence()),
        shortOfThreads(result));
  }

  private static String shortOfThreads(SimulatedFleet result) {
    double hosts = result.shortOfThreads();
    return hosts <= 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%nOn %s the threads cannot make so many calls, even if they never leave; counted are those"
                + " that they can.",
            hosts < 1 ? "less than 1 host" : Words.hosts((int) Math.round(hosts)));
  }

  /** The smallest number that is enough for nearly all hosts. */
  private static String verdict(SimulatedFleet result) {
    int hosts = result.fleet().hosts();
    String missed = "miss more than " + Ratio.oneIn(result.target()) + " of their calls";
    return result.pools().stream()
        .filter(pool -> pool.hostsOverTarget().high() <= FEW * hosts)
        .min(Comparator.comparingInt(Pool::maxactive))
        .map(
            pool ->
                "Set maxactive = %d: of the numbers tried the smallest with which no more than 1 in 100 hosts %s."
                    .formatted(pool.maxactive(), missed))
        .orElse(
            "With none of the numbers tried is it sure that no more than 1 in 100 hosts %s; try larger ones."
                .formatted(missed));
  }
}
