package dev.kretsim.workload.run;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import dev.kretsim.workload.random.RandomStream;
import dev.kretsim.workload.scenario.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a scenario, as one task runs them: the same text for all tasks, but each task
 * draws its times from a stream of its own.
 */
final class Program {
  private final Map<String, Routine> routines = new HashMap<>();
  private final RandomStream random;

  Program(
      List<Scenario.FunctionSpec> functions,
      Map<String, Symbol> symbols,
      RandomStream random,
      @Nullable CallListener listener) {
    this.random = random;
    Map<String, Step[]> bodies = new HashMap<>();
    for (Scenario.FunctionSpec function : functions) {
      Step[] steps = new Step[function.body().size() + 1];
      Symbol symbol = symbols.get(function.name());
      if (symbol == null) {
        throw new IllegalArgumentException("function has no place: " + function.name());
      }
      bodies.put(function.name(), steps);
      routines.put(function.name(), new Routine(symbol, told(symbol, steps, listener)));
    }
    // Only now, as functions may call each other in any order.
    for (Scenario.FunctionSpec function : functions) {
      fill(bodies.getOrDefault(function.name(), new Step[0]), function);
    }
  }

  private static Body told(Symbol symbol, Step[] steps, @Nullable CallListener listener) {
    Body body = frame -> steps[frame.step()];
    return listener == null ? body : new WatchedBody(symbol, body, true, listener);
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
