package dev.kretsim.fleet;

import dev.kretsim.kernel.KernelRelease;
import dev.kretsim.plan.PlanQuestion;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of every host of a fleet, in a form that travels to where the host is planned.
 *
 * @param functions the functions to plan; empty: all
 * @param target the share of its calls that a host may miss; null: as plans usually have it
 * @param known what is said of hosts beside their files
 */
public record FleetQuestion(List<String> functions, @Nullable Double target, KnownHosts known)
    implements Serializable {
  public FleetQuestion {
    functions = List.copyOf(functions);
  }

  /** The question for a plan of a host of which nothing is said. */
  public PlanQuestion plan() {
    return plan(HostFacts.NOTHING);
  }

  /** The question for a plan of that host. */
  PlanQuestion plan(String host) {
    return plan(known.of(host));
  }

  private PlanQuestion plan(HostFacts facts) {
    String release = facts.kernel();
    PlanQuestion usual = PlanQuestion.usual();
    return new PlanQuestion(
        functions,
        target == null ? usual.target() : target,
        usual.confidence(),
        release == null ? usual.kernel() : KernelRelease.of(release).version(),
        usual.preemption(),
        facts.possibleCpus(),
        usual.dataSize(),
        usual.growth(),
        usual.maxactive(),
        usual.mapEntries(),
        usual.tool(),
        release);
  }
}
