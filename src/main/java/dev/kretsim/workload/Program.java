package dev.kretsim.workload;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The functions of a scenario, as one task runs them: the same text for all tasks, but each task
 * draws its times from a stream of its own.
 */
final class Program {
  private final Map<String, Routine> routines = new HashMap<>();
  private final UniformRandomProvider random;

  Program(
      List<Scenario.FunctionSpec> functions,
      Map<String, Symbol> symbols,
      UniformRandomProvider random) {
    this.random = random;
    Map<String, Step[]> bodies = new HashMap<>();
    for (Scenario.FunctionSpec function : functions) {
      Step[] steps = new Step[function.body().size() + 1];
      Symbol symbol = symbols.get(function.name());
      if (symbol == null) {
        throw new IllegalArgumentException("function has no place: " + function.name());
      }
      bodies.put(function.name(), steps);
      routines.put(function.name(), new Routine(symbol, frame -> steps[frame.step()]));
    }
    // Only now, as functions may call each other in any order.
    for (Scenario.FunctionSpec function : functions) {
      fill(bodies.getOrDefault(function.name(), new Step[0]), function);
    }
  }

  /** A function by name. */
  Routine routine(String name) {
    Routine routine = routines.get(name);
    if (routine == null) {
      throw new BadInputException(
          "no such function in the scenario: %s (it has %s)"
              .formatted(name, routines.keySet().stream().sorted().toList()));
    }
    return routine;
  }

  private void fill(Step[] steps, Scenario.FunctionSpec function) {
    for (int i = 0; i < function.body().size(); i++) {
      steps[i] = stepOf(function.body().get(i));
    }
    steps[function.body().size()] = new Step.Return(function.returns());
  }

  private Step stepOf(Scenario.StepSpec step) {
    if (step instanceof Scenario.StepSpec.Spin spin) {
      return new Step.Spin(spin.time().sampler(random));
    }
    if (step instanceof Scenario.StepSpec.Sleep sleep) {
      return new Step.Sleep(sleep.time().sampler(random));
    }
    return new Step.Call(routine(((Scenario.StepSpec.Call) step).function()), 0);
  }
}
