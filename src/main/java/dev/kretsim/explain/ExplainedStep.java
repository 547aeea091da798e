package dev.kretsim.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of a call.
 *
 * @param n its number, from 1
 * @param call the fate of the call that it belongs to
 * @param atNs when it happens, in nanoseconds from the start
 * @param cpu where it happens
 * @param task whose step it is; null where no task of the scenario is at work
 * @param what one sentence
 */
public record ExplainedStep(
    int n,
    Fate call,
    long atNs,
    int cpu,
    @Nullable String task,
    String what,
    List<Fact> detail,
    MachineState state) {
  public ExplainedStep {
    detail = List.copyOf(detail);
  }

  ExplainedStep in(int number, Fate ofCall) {
    return new ExplainedStep(number, ofCall, atNs, cpu, task, what, detail, state);
  }
}
