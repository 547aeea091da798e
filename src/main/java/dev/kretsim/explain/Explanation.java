package dev.kretsim.explain;

import dev.kretsim.workload.scenario.Scenario;
import java.util.List;

/**
 * The life of a call.
 *
 * @param scenario with every choice that was made
 * @param function the probed function
 * @param pool the label of the kretprobe's pool
 * @param maxactive instances of the kretprobe
 * @param steps in the order of the story; times may go back where a second call is told
 */
public record Explanation(
    Scenario scenario, String function, String pool, int maxactive, List<ExplainedStep> steps) {
  public Explanation {
    steps = List.copyOf(steps);
  }
}
