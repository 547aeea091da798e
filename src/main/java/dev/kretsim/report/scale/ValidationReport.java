package dev.kretsim.report.scale;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.plan.Ratio;
import dev.kretsim.report.JsonForm;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.TextTable;
import dev.kretsim.scale.Validation;
import dev.kretsim.scale.Validation.Outcome;
import dev.kretsim.scale.Validation.Prediction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Predicted against published throughput, as text or {@code kretsim.scale-validate/1}. */
public final class ValidationReport {
  private static final double PERCENT = 100;
  private static final double BEYOND_DOUBT = 2;

  private ValidationReport() {}

  /** All series, ended by a newline. */
  public static String json(long seed, List<Outcome> outcomes) {
    ObjectNode json = JsonForm.result("kretsim.scale-validate/1");
    json.put("seed", seed);
    ArrayNode series = json.putArray("series");
    for (Outcome outcome : outcomes) {
      ObjectNode one = series.addObject();
      one.put("id", outcome.series().id());
      ArrayNode points = one.putArray("points");
      for (Prediction point : outcome.points()) {
        ObjectNode node = points.addObject();
        node.put("threads", point.threads());
        node.put("published", point.published());
        node.put("predicted", point.predicted())
            .put("low", point.low())
            .put("high", point.high())
            .put("missed_ratio", point.missed())
            .put("calibrated", point.calibrated());
        node.put("published_missed_ratio", point.publishedMissed());
      }
      one.put("median_error", outcome.medianError().orElse(Double.NaN));
      one.put("max_error", outcome.largestError().orElse(Double.NaN));
      outcome.knee().ifPresent(threads -> one.put("most_at_threads", threads));
      outcome.predictedKnee().ifPresent(threads -> one.put("predicted_most_at_threads", threads));
      one.put("fully_given", outcome.series().whole());
      one.put("work_ns", outcome.workNs());
    }
    json.put("median_error", Validation.medianError(outcomes).orElse(Double.NaN));
    Validation.Order order = Validation.order(outcomes);
    json.putObject("order").put("pairs", order.pairs()).put("right", order.right());
    return JsonForm.text(json);
  }

  /** A block for each series: one row for each number of threads. */
  public static String text(long seed, List<Outcome> outcomes) {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : outcomes) {
      TextTable table =
          new TextTable()
              .row(
                  "threads",
                  "published",
                  "predicted",
                  "low",
                  "high",
                  "off",
                  "missed",
                  "predicted",
                  "");
      for (Prediction point : outcome.points()) {
        boolean given = !Double.isNaN(point.published());
        table.row(
            String.valueOf(point.threads()),
            given ? Quantity.rate(point.published()) : "-",
            Quantity.rate(point.predicted()),
            Quantity.rate(point.low()),
            Quantity.rate(point.high()),
            given ? percent(point.error()) : "-",
            Double.isNaN(point.publishedMissed()) ? "-" : Ratio.text(point.publishedMissed()),
            Ratio.text(point.missed()),
            point.calibrated() ? "used for calibration" : "");
      }
      text.append(
              "%s on %s: median error %s, largest %s%n"
                  .formatted(
                      outcome.series().id(),
                      outcome.series().machine(),
                      percent(outcome.medianError()),
                      percent(outcome.largestError())))
          .append("  1 thread, calibration: %.1f ns besides the pool%n".formatted(outcome.workNs()))
          .append(outcome.points().stream().map(ValidationReport::doubt).collect(joining()))
          .append(knees(outcome))
          .append(table.render("  "))
          .append('\n');
    }
    return text
        + "All points that are given and were not for calibration, each series by its point at 1"
        + " thread:\n\n"
        + summary(outcomes)
        + order(Validation.order(outcomes))
        + "\nAll points that were not for calibration: median error %s (seed %d)%n"
            .formatted(percent(Validation.medianError(outcomes)), seed);
  }

  /** A pool alone is the least that its operations take. */
  private static String doubt(Prediction point) {
    double times = point.published() / point.predicted();
    return point.threads() == 1 && times >= BEYOND_DOUBT
        ? "  that point is %.0f times as fast as the pool alone: is it a count of several seconds?%n"
            .formatted(times)
        : "";
  }

  private static String knees(Outcome outcome) {
    return outcome.knee().isEmpty()
        ? ""
        : "  most with %d threads, predicted with %d%n"
            .formatted(outcome.knee().getAsInt(), outcome.predictedKnee().orElseThrow());
  }

  private static String order(Validation.Order order) {
    return order.pairs() == 0
        ? ""
        : "\nPairs of pools that differ by more than 10 %% with as many threads: %d of %d predicted in the right order%n"
            .formatted(order.right(), order.pairs());
  }

  /** One row for each series that has points which show anything, as Markdown. */
  public static String summary(List<Outcome> outcomes) {
    StringBuilder table =
        new StringBuilder(
            "| series | points | median error | largest | at threads | largest outside the band |\n"
                + "|---|---|---|---|---|---|\n");
    for (Outcome outcome : outcomes) {
      List<Prediction> shown = outcome.points().stream().filter(Prediction::counts).toList();
      Optional<Prediction> worst =
          shown.stream().max(Comparator.comparingDouble(Prediction::error));
      if (worst.isPresent()) {
        table.append(
            "| %s | %d | %s | %s | %d | %s |\n"
                .formatted(
                    outcome.series().id(),
                    shown.size(),
                    percent(outcome.medianError()),
                    percent(worst.get().error()),
                    worst.get().threads(),
                    percent(shown.stream().mapToDouble(Prediction::errorOutsideBand).max())));
      }
    }
    return table.toString();
  }

  private static String percent(OptionalDouble error) {
    return error.isPresent() ? percent(error.getAsDouble()) : "-";
  }

  private static String percent(double error) {
    return "%.0f %%".formatted(PERCENT * error);
  }
}
