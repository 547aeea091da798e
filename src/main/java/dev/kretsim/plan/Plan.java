package dev.kretsim.plan;

import dev.kretsim.trace.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link PlanQuestion}.
 *
 * @param source what it was drawn from
 * @param seed where every random choice came from; null if there was none
 * @param question what was asked
 * @param possibleCpus the CPUs that defaults and memory were computed for
 * @param functions the busiest first
 * @param remarks what the user should know of the source, one line each
 * @param method how the numbers were computed, a sentence each
 */
public record Plan(
    String source,
    @Nullable Long seed,
    PlanQuestion question,
    PossibleCpus possibleCpus,
    List<FunctionPlan> functions,
    List<String> remarks,
    List<String> method) {
  /**
   * Copies the lists.
   *
   * @param source what it was drawn from
   * @param seed where every random choice came from
   * @param question what was asked
   * @param possibleCpus the CPUs that defaults and memory were computed for
   * @param functions the busiest first
   * @param remarks what the user should know of the source, one line each
   * @param method how the numbers were computed, a sentence each
   */
  public Plan {
    functions = List.copyOf(functions);
    remarks = List.copyOf(remarks);
    method = List.copyOf(method);
  }

  /** {@return what was counted of all functions together} */
  public Tally counted() {
    return functions.isEmpty()
        ? Tally.of(source)
        : Tally.together(functions.stream().map(FunctionPlan::counted).toList());
  }

  /**
   * {@return the same plan from a source of another name, with other remarks}
   *
   * @param newSource what it was drawn from
   * @param newRemarks what the user should know of the source, one line each
   */
  public Plan told(String newSource, List<String> newRemarks) {
    return new Plan(newSource, seed, question, possibleCpus, functions, newRemarks, method);
  }

  /**
   * {@return the same plan with other words for its functions}
   *
   * @param told its functions
   */
  public Plan with(List<FunctionPlan> told) {
    return new Plan(source, seed, question, possibleCpus, told, remarks, method);
  }
}
