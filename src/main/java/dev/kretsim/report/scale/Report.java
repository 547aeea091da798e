package dev.kretsim.report.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.report.JsonForm;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.TextTable;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Point;
import java.util.List;
import java.util.Locale;

/** Simulated throughput as text, CSV, or JSON of schema {@code kretsim.scale/1}. */
public final class Report {
  private static final double PERCENT = 100;

  private Report() {}

  /** All points, ended by a newline. */
  public static String json(Machine machine, long seed, List<Point> points) {
    ObjectNode json = JsonForm.result("kretsim.scale/1");
    json.put("machine", machine.name());
    json.put("calibrated", machine.calibrated());
    json.put("seed", seed);
    ArrayNode origins = json.putArray("machine_numbers");
    machine.origins().forEach(origins::add);
    ArrayNode all = json.putArray("points");
    for (Point point : points) {
      ObjectNode one =
          all.addObject()
              .put("pool", point.pool())
              .put("threads", point.threads())
              .put("placement", placement(point))
              .put("ops_per_s", point.opsPerSecond())
              .put("missed_ratio", point.missedRatio())
              .put("cas_failures_per_op", point.failuresPerOp());
      if (Double.isNaN(point.lockWaitNs())) {
        one.putNull("lock_wait_ns");
      } else {
        one.put("lock_wait_ns", point.lockWaitNs());
      }
      one.put("fairness", point.fairness())
          .put("line_transfers_per_op", point.transfersPerOp())
          .put("stalled_share", point.stalledShare())
          .put("longest_round_ns", point.longestNs())
          .put("validated", false);
      ObjectNode lines = one.putObject("stall_by_line");
      point.stallByLine().forEach(lines::put);
    }
    return JsonForm.text(json);
  }

  /** The same as rows. */
  public static String csv(List<Point> points) {
    StringBuilder csv =
        new StringBuilder(
            "pool,threads,placement,ops_per_s,missed_ratio,cas_failures_per_op,lock_wait_ns,"
                + "fairness,line_transfers_per_op,stalled_share\n");
    for (Point point : points) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%s,%.1f,%.6f,%.4f,%s,%.4f,%.4f,%.4f%n",
              point.pool(),
              point.threads(),
              placement(point),
              point.opsPerSecond(),
              point.missedRatio(),
              point.failuresPerOp(),
              Double.isNaN(point.lockWaitNs())
                  ? ""
                  : String.format(Locale.ROOT, "%.1f", point.lockWaitNs()),
              point.fairness(),
              point.transfersPerOp(),
              point.stalledShare()));
    }
    return csv.toString();
  }

  /** One row for each point, and what the figures are not. */
  public static String text(Machine machine, long seed, List<Point> points) {
    TextTable table =
        new TextTable()
            .row(
                "pool",
                "threads",
                "placed",
                "pop + push",
                "missed",
                "failed CAS/op",
                "lines moved/op",
                "fairness",
                "waiting",
                "mostly for",
                "");
    for (Point point : points) {
      table.row(
          point.pool(),
          String.valueOf(point.threads()),
          placement(point),
          Quantity.rate(point.opsPerSecond()),
          Quantity.digits(point.missedRatio()),
          Quantity.digits(point.failuresPerOp()),
          Quantity.digits(point.transfersPerOp()),
          Quantity.digits(point.fairness()),
          "%.0f %%".formatted(PERCENT * point.stalledShare()),
          point.worstLine(),
          "unvalidated");
    }
    String calibrated =
        machine.calibrated()
            ? ""
            : "\nUncalibrated: this machine's throughput was never published; "
                + "what reads of a shared line cost (occupancy) is assumed.\n";
    return "%s, %d CPUs, seed %d: pools only, simulated%n%n"
            .formatted(machine.name(), machine.cpus(), seed)
        + table.render("")
        + calibrated
        + "\n"
        + "Nobody has published such a bare loop: every figure is unvalidated. kretsim scale"
        + " validate\n"
        + "shows how far off the model was where there are figures to compare with.\n";
  }

  private static String placement(Point point) {
    return point.placement().name().toLowerCase(Locale.ROOT);
  }
}
