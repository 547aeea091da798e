package dev.kretsim.report.scale;

import dev.kretsim.scale.Point;
import dev.kretsim.scale.Simulation;
import dev.kretsim.scale.Study.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How well simulating for so long has made the figures known, in a sentence for people. */
final class Margins {
  private static final double PERCENT = 100;

  /** Those of a pool that are known less well: with how many threads at least, and how well. */
  private record Worse(int threads, double margin) {
    /** One round alone makes nothing known, which is worse than any margin. */
    static Worse of(Point point) {
      boolean known = !Double.isNaN(point.margin());
      return new Worse(point.threads(), known ? point.margin() : Double.POSITIVE_INFINITY);
    }

    Worse and(Worse other) {
      return new Worse(Math.min(threads, other.threads), Math.max(margin, other.margin));
    }

    @Override
    public String toString() {
      return "from %d %s on%s"
          .formatted(
              threads,
              threads == 1 ? "thread" : "threads",
              Double.isInfinite(margin)
                  ? ", where one round was simulated"
                  : " within %.0f %%".formatted(Math.ceil(PERCENT * margin)));
    }
  }

  private Margins() {}

  /** Says what holds for most, and of which pools less is known. */
  static String sentence(List<Estimate> estimates) {
    Map<String, Worse> worse = new LinkedHashMap<>();
    for (Estimate estimate : estimates) {
      Worse one = Worse.of(estimate.point());
      if (one.margin() > Simulation.ENOUGH) {
        worse.merge(estimate.point().pool(), one, Worse::and);
      }
    }
    String usual =
        "Simulated until known within %.0f %% with 95 %% confidence"
            .formatted(PERCENT * Simulation.ENOUGH);
    return worse.isEmpty()
        ? usual + "."
        : worse.entrySet().stream()
            .map(pool -> "\n%s %s".formatted(pool.getKey(), pool.getValue()))
            .collect(Collectors.joining(",", usual + ", but", "."));
  }
}
