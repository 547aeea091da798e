package dev.kretsim.command.plan;

import dev.kretsim.console.Choice;
import dev.kretsim.console.Share;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.Ratio;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code plan} that make it a check for scripts. */
final class GateOptions {
  private enum Of {
    RATIO,
    UPPER
  }

  @Option(
      names = "--fail-above",
      paramLabel = "RATIO",
      description = "Leave with exit code 1 when the pool of --maxactive misses more than this.")
  private @Nullable String failAbove;

  @Option(
      names = "--fail-on",
      paramLabel = "WHICH",
      description =
          "What --fail-above tests: ratio (default), what was missed, or upper, what might be"
              + " missed in the long run.")
  private @Nullable String failOn;

  @Option(names = "--quiet", description = "Print only what fails.")
  private boolean quiet;

  boolean isQuiet() {
    return quiet;
  }

  /**
   * Checks the options themselves.
   *
   * @throws BadInputException if they do not go together
   */
  void check(@Nullable Integer maxactive) {
    of();
    if (failAbove == null) {
      if (failOn != null) {
        throw new BadInputException("--fail-on needs --fail-above RATIO, the share to test");
      }
      return;
    }
    if (maxactive == null) {
      throw new BadInputException("--fail-above needs --maxactive N, the pool to test");
    }
    double above = limit();
    if (!(above >= 0 && above <= 1)) {
      throw new BadInputException("--fail-above must be from 0 to 1: " + failAbove);
    }
  }

  private Of of() {
    return failOn == null ? Of.RATIO : Choice.of("--fail-on", failOn, Of.values());
  }

  private double limit() {
    return Share.of("--fail-above", String.valueOf(failAbove));
  }

  /** What fails, by function: a sentence each. */
  Map<String, String> failures(Plan plan) {
    Map<String, String> failures = new LinkedHashMap<>();
    Integer pool = plan.question().maxactive();
    if (failAbove == null || pool == null) {
      return failures;
    }
    for (FunctionPlan function : plan.functions()) {
      Point point = function.point(pool);
      boolean fails = (of() == Of.UPPER ? point.high() : point.missRatio()) > limit();
      if (fails) {
        failures.put(function.function(), sentence(function, point));
      }
    }
    return failures;
  }

  private String sentence(FunctionPlan function, Point point) {
    String missed =
        "misses "
            + Ratio.text(point.missRatio())
            + " of its calls with maxactive "
            + point.maxactive();
    String range = Ratio.range(point.low(), point.high()) + " in the long run";
    if (point.missRatio() > limit()) {
      return missed
          + ", above "
          + Ratio.text(limit())
          + (point.low() > limit() ? "" : " (too few calls to be sure: " + range + ")");
    }
    return missed
        + ", but "
        + function.calls()
        + " calls are too few to tell: "
        + range
        + ", above "
        + Ratio.text(limit())
        + "; record for longer, or test with --fail-on ratio";
  }
}
