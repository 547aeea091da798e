package dev.kretsim.plan;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is asked for.
 *
 * @param functions the functions to plan; empty: all in the trace
 * @param target the miss ratio that is still fine, in (0, 1)
 * @param confidence how sure the ranges are, in (0, 1)
 * @param possibleCpus CPUs of the machine that will be probed; null: as the trace shows
 * @param dataSize the user's bytes in each instance, from 0 to {@value #MOST_DATA}
 */
public record PlanQuestion(
    List<String> functions,
    double target,
    double confidence,
    KernelVersion kernel,
    Preemption preemption,
    @Nullable Integer possibleCpus,
    int dataSize) {
  /** The kernel refuses more with E2BIG. */
  public static final int MOST_DATA = 4096;

  private static final int MOST_CPUS = 8192;

  public PlanQuestion {
    functions = List.copyOf(functions);
    requireShare("--target", target);
    requireShare("--confidence", confidence);
    if (possibleCpus != null && (possibleCpus < 1 || possibleCpus > MOST_CPUS)) {
      throw new BadInputException(
          "--possible-cpus must be from 1 to " + MOST_CPUS + ": " + possibleCpus);
    }
    if (dataSize < 0 || dataSize > MOST_DATA) {
      throw new BadInputException("--data-size must be from 0 to " + MOST_DATA + ": " + dataSize);
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share > 0 && share < 1)) {
      throw new BadInputException(name + " must be between 0 and 1, both excluded: " + share);
    }
  }
}
