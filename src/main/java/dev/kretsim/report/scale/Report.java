package dev.kretsim.report.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.report.JsonForm;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.TextTable;
import dev.kretsim.scale.MachineModel;
import dev.kretsim.scale.ScaleSimulation.Point;
import java.util.List;

/** Simulated throughput as text, or as JSON of schema {@code kretsim.scale/1}. */
public final class Report {
  private Report() {}

  /** All points, ended by a newline. */
  public static String json(MachineModel machine, long seed, List<Point> points) {
    ObjectNode json = JsonForm.result("kretsim.scale/1");
    json.put("machine", machine.label());
    json.put("seed", seed);
    ArrayNode all = json.putArray("points");
    for (Point point : points) {
      all.addObject()
          .put("pool", point.pool().name())
          .put("threads", point.threads())
          .put("ops_per_s", point.opsPerSecond())
          .put("missed_ratio", point.missedRatio())
          .put("cas_failures_per_op", point.failuresPerOp())
          .putNull("lock_wait_ns")
          .put("fairness", point.fairness());
    }
    return JsonForm.text(json);
  }

  /** One row for each point, and what the figures are not. */
  public static String text(MachineModel machine, long seed, List<Point> points) {
    TextTable table =
        new TextTable()
            .row(
                "pool", "threads", "pop + push", "each", "missed", "failed CAS/op", "fairness", "");
    for (Point point : points) {
      table.row(
          point.pool().name(),
          String.valueOf(point.threads()),
          Quantity.rate(point.opsPerSecond()),
          Quantity.rate(point.opsPerSecond() / point.threads()),
          Quantity.digits(point.missedRatio()),
          Quantity.digits(point.failuresPerOp()),
          Quantity.digits(point.fairness()),
          "");
    }
    return "%s, %d cores, seed %d: pools only, simulated%n%n"
            .formatted(machine.label(), machine.cores(), seed)
        + table.render("")
        + "\nThe hlist pool was never measured at this scale: its figures are unvalidated.\n";
  }
}
