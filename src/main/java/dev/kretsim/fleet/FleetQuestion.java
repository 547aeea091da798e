package dev.kretsim.fleet;

import dev.kretsim.plan.PlanQuestion;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of every host of a fleet, in a form that travels to where the host is planned.
 *
 * @param functions the functions to plan; empty: all
 * @param target the share of its calls that a host may miss; null: as plans usually have it
 */
public record FleetQuestion(List<String> functions, @Nullable Double target)
    implements Serializable {
  public FleetQuestion {
    functions = List.copyOf(functions);
  }

  /** The question for a plan of one host. */
  public PlanQuestion plan() {
    PlanQuestion usual = PlanQuestion.usual();
    return new PlanQuestion(
        functions,
        target == null ? usual.target() : target,
        usual.confidence(),
        usual.kernel(),
        usual.preemption(),
        usual.possibleCpus(),
        usual.dataSize(),
        usual.growth(),
        usual.maxactive(),
        usual.mapEntries(),
        usual.tool(),
        usual.kernelRelease());
  }
}
