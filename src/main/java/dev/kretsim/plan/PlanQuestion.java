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
 * @param kernel what the kernel's default and the pool's cost follow
 * @param preemption how the kernel preempts, which its default may depend on
 * @param possibleCpus CPUs of the machine that will be probed; null: as the trace shows
 * @param dataSize the user's bytes in each instance, from 0 to {@value #MOST_DATA}
 * @param growth how many times the load shall fit
 * @param maxactive a pool whose miss ratio is asked for; null: none
 * @param mapEntries the size of the map in which the user keeps what an entry leaves for its return
 * @param tool what sets the probe
 * @param kernelRelease the release as it was given; null: none was
 */
public record PlanQuestion(
    List<String> functions,
    double target,
    double confidence,
    KernelVersion kernel,
    Preemption preemption,
    @Nullable Integer possibleCpus,
    int dataSize,
    Growth growth,
    @Nullable Integer maxactive,
    int mapEntries,
    Tool tool,
    @Nullable String kernelRelease) {
  /** The kernel refuses more with E2BIG. */
  public static final int MOST_DATA = 4096;

  /** The size of a BPF hash map where bcc is not told another. */
  public static final int USUAL_MAP = 10240;

  /**
   * Checks the ranges.
   *
   * @param functions the functions to plan
   * @param target the miss ratio that is still fine, in (0, 1)
   * @param confidence how sure the ranges are, in (0, 1)
   * @param kernel what the kernel's default and the pool's cost follow
   * @param preemption how the kernel preempts, which its default may depend on
   * @param possibleCpus CPUs of the machine that will be probed
   * @param dataSize the user's bytes in each instance, from 0 to {@value #MOST_DATA}
   * @param growth how many times the load shall fit
   * @param maxactive a pool whose miss ratio is asked for
   * @param mapEntries the size of the map in which the user keeps what an entry leaves for its
   *     return
   * @param tool what sets the probe
   * @param kernelRelease the release as it was given
   * @throws BadInputException if a number is out of range; the message names the option
   */
  public PlanQuestion {
    functions = List.copyOf(functions);
    Ratio.between("--target", target);
    Ratio.between("--confidence", confidence);
    if (possibleCpus != null) {
      PossibleCpus.within(possibleCpus, possibleCpus);
    }
    if (dataSize < 0 || dataSize > MOST_DATA) {
      throw new BadInputException("--data-size must be from 0 to " + MOST_DATA + ": " + dataSize);
    }
    if (maxactive != null && maxactive < 1) {
      throw new BadInputException("--maxactive must be at least 1: " + maxactive);
    }
    if (mapEntries < 1) {
      throw new BadInputException("--map-size must be at least 1: " + mapEntries);
    }
  }

  /** {@return the question with nothing special asked: the newest kernel, target 1e-4 at 95 %} */
  public static PlanQuestion usual() {
    return new PlanQuestion(
        List.of(),
        1e-4,
        0.95,
        KernelVersion.newest(),
        Preemption.VOLUNTARY,
        null,
        0,
        Growth.NONE,
        null,
        USUAL_MAP,
        Tool.TRACEFS,
        null);
  }
}
