package dev.kretsim.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The CPUs that the machine to probe could ever have online.
 *
 * @param number null if nothing tells
 * @param basis where the number comes from
 */
public record PossibleCpus(@Nullable Integer number, Basis basis) {
  /** Where a number of CPUs comes from. */
  public enum Basis {
    /** The trace shows them. */
    TRACE,
    /** The user said so. */
    GIVEN,
    /** Nothing tells: each number is possible. */
    ASSUMED;

    /** {@return the name used in results} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@return those that were asked for, else those of a trace, else unknown}
   *
   * @param question what was asked
   * @param inTrace how many CPUs the trace shows; 0 if none
   */
  public static PossibleCpus of(PlanQuestion question, int inTrace) {
    Integer given = question.possibleCpus();
    if (given != null) {
      return new PossibleCpus(given, Basis.GIVEN);
    }
    return inTrace > 0
        ? new PossibleCpus(inTrace, Basis.TRACE)
        : new PossibleCpus(null, Basis.ASSUMED);
  }
}
