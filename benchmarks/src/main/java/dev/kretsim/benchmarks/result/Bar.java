package dev.kretsim.benchmarks.result;

import java.util.Optional;

/**
 * A ratio that is asked for, and what was found.
 *
 * @param gate what has to be reached
 * @param goal what is worth reaching
 * @param atMost whether less is better
 * @param found empty if it was not measured
 */
public record Bar(
    String id, String ratio, double gate, double goal, boolean atMost, Optional<Estimate> found) {

  public enum Verdict {
    GOAL,
    GATE,
    MISSED,
    NOT_MEASURED;

    String label() {
      return switch (this) {
        case GOAL -> "goal reached";
        case GATE -> "gate passed";
        case MISSED -> "gate missed";
        case NOT_MEASURED -> "not measured";
      };
    }
  }

  public Verdict verdict() {
    if (found.isEmpty()) {
      return Verdict.NOT_MEASURED;
    }
    double value = found.get().value();
    if (reaches(value, goal)) {
      return Verdict.GOAL;
    }
    return reaches(value, gate) ? Verdict.GATE : Verdict.MISSED;
  }

  private boolean reaches(double value, double bound) {
    return atMost ? value <= bound : value >= bound;
  }

  String sign() {
    return atMost ? "≤" : "≥";
  }
}
