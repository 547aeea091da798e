package dev.kretsim.report.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.report.JsonForm;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Study;
import dev.kretsim.scale.Study.Estimate;
import java.util.List;
import java.util.Locale;

/** Simulated throughput as CSV, or JSON of schema {@code kretsim.scale/1}. */
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
              .put("hits_per_s", point.hitsPerSecond())
              .put("missed_ratio", point.missedRatio())
              .put("contention_missed_ratio", point.contentionMissedRatio())
              .put("plan_missed_ratio", point.plannedMissedRatio())
              .put("cas_failures_per_op", point.failuresPerOp());
      put(one, "margin", point.margin());
      put(one, "lock_wait_ns", point.lockWaitNs());
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

  private static void put(ObjectNode node, String name, double number) {
    if (Double.isNaN(number)) {
      node.putNull(name);
    } else {
      node.put(name, number);
    }
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
                + "longest_round_ns,contention_missed_ratio,plan_missed_ratio,validated,"
                + "hits_per_s,margin\n");
    for (Estimate estimate : estimates) {
      Point point = estimate.point();
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%s,%.1f,%.6f,%.4f,%s,%.4f,%.4f,%.4f,%.1f,%.1f,%.3f,%.0f,%.6f,%.6f,%s,%.1f,%s\n",
              point.pool(),
              point.threads(),
              point.placement(),
              point.opsPerSecond(),
              point.missedRatio(),
              point.failuresPerOp(),
              known("%.1f", point.lockWaitNs()),
              point.fairness(),
              point.transfersPerOp(),
              point.stalledShare(),
              estimate.low(),
              estimate.high(),
              point.queueLength(),
              point.longestNs(),
              point.contentionMissedRatio(),
              point.plannedMissedRatio(),
              estimate.validated(),
              point.hitsPerSecond(),
              known("%.4f", point.margin())));
    }
    return csv.toString();
  }

  private static String known(String format, double number) {
    return Double.isNaN(number) ? "" : String.format(Locale.ROOT, format, number);
  }
}
