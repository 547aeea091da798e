package dev.kretsim.report.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.plan.Ratio;
import dev.kretsim.report.JsonForm;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.TextTable;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Study;
import dev.kretsim.scale.Study.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Simulated throughput as text, CSV, or JSON of schema {@code kretsim.scale/1}. */
public final class Report {
  private Report() {}

  /** All points, ended by a newline. */
  public static String json(Study study, List<Estimate> estimates) {
    return JsonForm.text(tree(study, estimates));
  }

  static ObjectNode tree(Study study, List<Estimate> estimates) {
    Machine machine = study.machine();
    ObjectNode json = JsonForm.result("kretsim.scale/1");
    json.put("machine", machine.name());
    json.put("calibrated", machine.calibrated());
    json.put("seed", study.seed());
    json.put("maxactive", study.maxactive());
    ArrayNode origins = json.putArray("machine_numbers");
    machine.origins().forEach(origins::add);
    ArrayNode all = json.putArray("points");
    for (Estimate estimate : estimates) {
      Point point = estimate.point();
      ObjectNode one =
          all.addObject()
              .put("pool", point.pool())
              .put("threads", point.threads())
              .put("placement", point.placement().toString())
              .put("ops_per_s", point.opsPerSecond())
              .put("missed_ratio", point.missedRatio())
              .put("contention_missed_ratio", point.contentionMissedRatio())
              .put("plan_missed_ratio", point.plannedMissedRatio())
              .put("cas_failures_per_op", point.failuresPerOp());
      if (Double.isNaN(point.lockWaitNs())) {
        one.putNull("lock_wait_ns");
      } else {
        one.put("lock_wait_ns", point.lockWaitNs());
      }
      one.put("fairness", point.fairness())
          .put("low", estimate.low())
          .put("high", estimate.high())
          .put("line_transfers_per_op", point.transfersPerOp())
          .put("stalled_share", point.stalledShare())
          .put("queue_length", point.queueLength())
          .put("longest_round_ns", point.longestNs())
          .put("validated", estimate.validated())
          .put("diagnosis", Diagnosis.of(point));
      ObjectNode levels = one.putObject("line_transfers_by_level");
      point.transfersByLevel().forEach((level, count) -> levels.put(level(level), count));
      ObjectNode lines = one.putObject("stall_by_line");
      point.stallByLine().forEach(lines::put);
    }
    return json;
  }

  private static String level(Machine.Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /** The same as rows. */
  public static String csv(List<Estimate> estimates) {
    StringBuilder csv =
        new StringBuilder(
            "pool,threads,placement,ops_per_s,missed_ratio,cas_failures_per_op,lock_wait_ns,"
                + "fairness,line_transfers_per_op,stalled_share,low,high,queue_length,"
                + "longest_round_ns,contention_missed_ratio,plan_missed_ratio,validated\n");
    for (Estimate estimate : estimates) {
      Point point = estimate.point();
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%s,%.1f,%.6f,%.4f,%s,%.4f,%.4f,%.4f,%.1f,%.1f,%.3f,%.0f,%.6f,%.6f,%s\n",
              point.pool(),
              point.threads(),
              point.placement(),
              point.opsPerSecond(),
              point.missedRatio(),
              point.failuresPerOp(),
              Double.isNaN(point.lockWaitNs())
                  ? ""
                  : String.format(Locale.ROOT, "%.1f", point.lockWaitNs()),
              point.fairness(),
              point.transfersPerOp(),
              point.stalledShare(),
              estimate.low(),
              estimate.high(),
              point.queueLength(),
              point.longestNs(),
              point.contentionMissedRatio(),
              point.plannedMissedRatio(),
              estimate.validated()));
    }
    return csv.toString();
  }

  /** One row for each point, what threads wait for, and what the figures are not. */
  public static String text(Study study, List<Estimate> estimates) {
    Machine machine = study.machine();
    boolean band = !machine.calibrated();
    TextTable table = new TextTable().row(heads(band));
    for (Estimate estimate : estimates) {
      table.row(cells(band, estimate));
    }
    StringBuilder text =
        new StringBuilder(
            "%s, %d CPUs, %d instances, seed %d: simulated\n\n"
                .formatted(machine.name(), machine.cpus(), study.maxactive(), study.seed()));
    text.append(table.render("")).append('\n');
    Diagnosis.sentences(estimates).forEach(sentence -> text.append(sentence).append('\n'));
    if (band) {
      text.append(
          """

          Uncalibrated: nobody has published this machine's throughput under contention. What reads
          of a shared line cost there is assumed: low and high are with the least and the most that
          was found on other machines.
          """);
    }
    if (estimates.stream().anyMatch(estimate -> !estimate.validated())) {
      text.append(
          """

          Unvalidated: nobody has published figures to hold these against. kretsim scale validate
          shows how far off the model is where there are some.
          """);
    }
    return text.toString();
  }

  private static String[] heads(boolean band) {
    String heads =
        "pool,threads,placed,pop + push"
            + (band ? ",low,high" : "")
            + ",missed,by contention,failed CAS/op,lines moved/op,lock wait,in"
            + " queue,fairness,longest,waiting,";
    return heads.split(",", -1);
  }

  private static String[] cells(boolean band, Estimate estimate) {
    Point point = estimate.point();
    List<String> front =
        List.of(
            point.pool(),
            String.valueOf(point.threads()),
            point.placement().toString(),
            Quantity.rate(point.opsPerSecond()));
    List<String> range =
        band ? List.of(Quantity.rate(estimate.low()), Quantity.rate(estimate.high())) : List.of();
    List<String> rest =
        List.of(
            Ratio.text(point.missedRatio()),
            Ratio.text(point.contentionMissedRatio()),
            Quantity.digits(point.failuresPerOp()),
            Quantity.digits(point.transfersPerOp()),
            Double.isNaN(point.lockWaitNs())
                ? "-"
                : Quantity.duration(Math.round(point.lockWaitNs())),
            Quantity.digits(point.queueLength()),
            Quantity.digits(point.fairness()),
            Quantity.duration(Math.round(point.longestNs())),
            Diagnosis.percent(point.stalledShare()),
            estimate.validated() ? "" : "unvalidated");
    return Stream.of(front, range, rest).flatMap(List::stream).toArray(String[]::new);
  }
}
