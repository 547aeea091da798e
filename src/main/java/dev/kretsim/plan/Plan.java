package dev.kretsim.plan;

import java.util.List;

/**
 * The answer to a {@link PlanQuestion}.
 *
 * @param source the trace it was drawn from
 * @param possibleCpus the CPUs that defaults and memory were computed for
 * @param functions the busiest first
 * @param remarks what the user should know of the trace, one line each
 */
public record Plan(
    String source,
    PlanQuestion question,
    int possibleCpus,
    List<FunctionPlan> functions,
    List<String> remarks) {
  public Plan {
    functions = List.copyOf(functions);
    remarks = List.copyOf(remarks);
  }
}
