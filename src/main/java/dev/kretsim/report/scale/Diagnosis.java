package dev.kretsim.report.scale;

import dev.kretsim.plan.Ratio;
import dev.kretsim.scale.Machine.Level;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Study.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What threads spend their time waiting for, in words. */
final class Diagnosis {
  private static final double PERCENT = 100;
  private static final double WORTH_TELLING = 0.01;

  private Diagnosis() {}

  /** What is told of the same threads alike wherever they are. */
  private record Told(String who, String how, String what) {
    static Told of(Estimate estimate, String what) {
      Point point = estimate.point();
      int threads = point.threads();
      return new Told(
          "%s, %d %s".formatted(point.pool(), threads, threads == 1 ? "thread" : "threads"),
          estimate.validated() ? "" : " (unvalidated)",
          what);
    }

    String at(String placements) {
      return "%s, %s%s: %s".formatted(who, placements, how, what);
    }
  }

  /**
   * A sentence for each pool and placement, at its largest number of threads, and on misses: one
   * for all placements of which it is the same.
   */
  static List<String> sentences(List<Estimate> estimates) {
    Map<String, Estimate> largest = new LinkedHashMap<>();
    for (Estimate estimate : estimates) {
      largest.merge(
          estimate.point().pool() + " " + estimate.point().placement(),
          estimate,
          (one, other) -> one.point().threads() >= other.point().threads() ? one : other);
    }
    Map<Told, List<String>> placements = new LinkedHashMap<>();
    for (Estimate estimate : largest.values()) {
      add(placements, estimate, of(estimate.point()));
    }
    for (Estimate estimate : estimates) {
      Point point = estimate.point();
      if (point.contentionMissedRatio() > 0) {
        add(
            placements,
            estimate,
            String.format(
                Locale.ROOT,
                "%s of the pops miss because of contention alone, while calls hold fewer"
                    + " instances than there are; counting calls inside, as plan does, says %s.",
                Ratio.text(point.contentionMissedRatio()),
                point.plannedMissedRatio() == 0 ? "none" : Ratio.text(point.plannedMissedRatio())));
      }
    }
    return placements.entrySet().stream()
        .map(told -> told.getKey().at(String.join(" or ", told.getValue())))
        .toList();
  }

  private static void add(Map<Told, List<String>> placements, Estimate estimate, String what) {
    placements
        .computeIfAbsent(Told.of(estimate, what), told -> new ArrayList<>())
        .add(estimate.point().placement().toString());
  }

  /** One sentence. */
  static String of(Point point) {
    if (point.stalledShare() < WORTH_TELLING || point.stallByLine().isEmpty()) {
      return "threads do not wait for each other.";
    }
    String lines =
        point.stallByLine().entrySet().stream()
            .filter(line -> line.getValue() >= WORTH_TELLING)
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(
                line ->
                    "%s for %s"
                        .formatted(
                            percent(point.stalledShare() * line.getValue()),
                            line.getKey().isEmpty() ? "a line without a name" : line.getKey()))
            .collect(Collectors.joining(", "));
    double far = point.transfersByLevel().getOrDefault(Level.CROSS_SOCKET, 0.0);
    return ("%s of the time is spent waiting: %s; "
            + "%.1f lines move in an operation, %.1f of them between sockets.")
        .formatted(percent(point.stalledShare()), lines, point.transfersPerOp(), far);
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.0f %%", PERCENT * part);
  }
}
