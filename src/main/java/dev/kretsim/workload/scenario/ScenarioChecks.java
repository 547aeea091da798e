package dev.kretsim.workload.scenario;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.files.yaml.YamlFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.workload.scenario.Scenario.EntryRule;
import dev.kretsim.workload.scenario.Scenario.EventSpec;
import dev.kretsim.workload.scenario.Scenario.FunctionSpec;
import dev.kretsim.workload.scenario.Scenario.LoadSpec;
import dev.kretsim.workload.scenario.Scenario.ProbeSpec;
import dev.kretsim.workload.scenario.Scenario.StepSpec;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What must hold between the parts of a scenario file. */
final class ScenarioChecks {
  /** Frames of an emulated kernel stack are small, but a stack has 16 KiB and handlers call too. */
  private static final int DEEPEST = 500;

  private static final long MOST_STEPS = 1_000_000;

  private static final int MOST_NAMES_SHOWN = 10;

  private final YamlFile<Scenario> file;
  private final Scenario scenario;
  private final Map<String, FunctionSpec> functions = new LinkedHashMap<>();

  ScenarioChecks(YamlFile<Scenario> file) {
    this.file = file;
    this.scenario = file.content();
  }

  /**
   * Checks the scenario.
   *
   * @throws BadInputException with the place of what does not fit
   */
  void check() {
    if (scenario.load().isEmpty()) {
      throw file.problem(scenario, "load is empty: nothing would run");
    }
    Set<String> taken = new HashSet<>(Scenario.KERNEL_NAMES);
    for (KernelVersion version : KernelVersion.values()) {
      for (Arch arch : Arch.values()) {
        taken.add(version.trampolineName(arch));
      }
    }
    for (FunctionSpec function : scenario.functions()) {
      if (taken.contains(function.name())) {
        throw file.problem(
            function, function.name() + " is a function of the kernel itself; choose another name");
      }
      if (functions.put(function.name(), function) != null) {
        throw file.problem(function, "function is defined twice: " + function.name());
      }
    }
    for (FunctionSpec function : scenario.functions()) {
      for (StepSpec step : function.body()) {
        if (step instanceof StepSpec.Call call) {
          requireFunction(step, call.function(), "body of " + function.name());
        }
      }
    }
    requireEnds();
    requireFewSteps();
    probes();
    load();
    events();
  }

  private void requireFunction(Object part, String name, String where) {
    requireKnown(part, functions.keySet(), name, where);
  }

  private FunctionSpec function(String name) {
    return Objects.requireNonNull(functions.get(name));
  }

  private void requireKnown(Object part, Set<String> known, String name, String where) {
    if (!known.contains(name)) {
      List<String> some = known.stream().limit(MOST_NAMES_SHOWN).toList();
      throw file.problem(
          part,
          "%s: unknown name %s, known are %s%s"
              .formatted(
                  where, name, String.join(", ", some), known.size() > some.size() ? ", ..." : ""));
    }
  }

  /** Functions may not call each other in a circle, nor too deeply for a kernel stack. */
  private void requireEnds() {
    Map<String, Integer> callers = new HashMap<>();
    for (FunctionSpec function : scenario.functions()) {
      for (StepSpec step : function.body()) {
        if (step instanceof StepSpec.Call call) {
          callers.merge(call.function(), 1, Integer::sum);
        }
      }
    }
    ArrayDeque<FunctionSpec> ready = new ArrayDeque<>();
    scenario.functions().stream()
        .filter(function -> !callers.containsKey(function.name()))
        .forEach(ready::add);
    Map<String, Integer> depths = new HashMap<>();
    int done = 0;
    while (!ready.isEmpty()) {
      FunctionSpec function = ready.remove();
      done++;
      int depth = depths.getOrDefault(function.name(), 1);
      if (depth > DEEPEST) {
        throw file.problem(
            function,
            "calls may be nested %d deep at most: %s is deeper"
                .formatted(DEEPEST, function.name()));
      }
      for (StepSpec step : function.body()) {
        if (step instanceof StepSpec.Call call) {
          depths.merge(call.function(), depth + 1, Math::max);
          if (callers.merge(call.function(), -1, Integer::sum) == 0) {
            ready.add(function(call.function()));
          }
        }
      }
    }
    if (done < functions.size()) {
      throw circle(callers);
    }
  }

  /** Bodies that call twice what calls twice, and so on, would keep a CPU for ever. */
  private void requireFewSteps() {
    Map<String, Long> steps = scenario.stepsOfCalls();
    for (FunctionSpec function : scenario.functions()) {
      if (steps.getOrDefault(function.name(), 0L) > MOST_STEPS) {
        throw file.problem(
            function,
            "one call may lead to %d steps at most, with all that it calls: %s leads to more"
                .formatted(MOST_STEPS, function.name()));
      }
    }
  }

  /** From any function that still waits for a caller, going back to callers ends in a circle. */
  private BadInputException circle(Map<String, Integer> callers) {
    FunctionSpec at =
        scenario.functions().stream()
            .filter(function -> callers.getOrDefault(function.name(), 0) > 0)
            .findFirst()
            .orElseThrow();
    Set<FunctionSpec> seen = new HashSet<>();
    while (seen.add(at)) {
      String name = at.name();
      at =
          scenario.functions().stream()
              .filter(function -> callers.getOrDefault(function.name(), 0) > 0)
              .filter(function -> function.body().contains(new StepSpec.Call(name)))
              .findFirst()
              .orElseThrow();
    }
    return file.problem(
        at, at.name() + " calls itself, through others perhaps: such a call would never end");
  }

  private void probes() {
    for (ProbeSpec probe : scenario.probes()) {
      requireFunction(probe, probe.symbol(), "probes");
      if (probe instanceof ProbeSpec.OnReturn kretprobe
          && kretprobe.entryRule() instanceof EntryRule.Calls calls) {
        String where = "entry_handler of " + probe.symbol();
        requireFunction(probe, calls.function(), where);
        requireAwake(kretprobe, calls.function());
      }
    }
  }

  /** Handlers run with preemption off: neither they nor what they call may sleep. */
  private void requireAwake(ProbeSpec.OnReturn probe, String called) {
    Set<String> reached = new HashSet<>(Set.of(called));
    ArrayDeque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      String function = next.remove();
      for (StepSpec step : function(function).body()) {
        if (step instanceof StepSpec.Sleep) {
          throw file.problem(
              probe,
              "entry_handler of %s: it calls %s, where %s sleeps; handlers must not"
                  .formatted(probe.symbol(), called, function));
        }
        if (step instanceof StepSpec.Call call && reached.add(call.function())) {
          next.add(call.function());
        }
      }
    }
  }

  private void load() {
    long tasks = 0;
    for (LoadSpec load : scenario.load()) {
      requireFunction(load, load.call(), "load");
      tasks += load.tasks();
      if (tasks > Scenario.MOST_TASKS) {
        throw file.problem(
            load, "there may be %d tasks in all at most".formatted(Scenario.MOST_TASKS));
      }
    }
  }

  private void events() {
    Set<String> probed = new TreeSet<>();
    scenario.probes().forEach(probe -> probed.add(probe.symbol()));
    Set<String> comms = new TreeSet<>();
    scenario.load().forEach(load -> comms.add(load.comm()));
    for (EventSpec event : scenario.events()) {
      if (event instanceof EventSpec.OfProbe ofProbe) {
        requireKnown(event, probed, ofProbe.symbol(), "events");
      } else if (event instanceof EventSpec.KillTask kill) {
        requireKnown(event, comms, kill.comm(), "events: tasks");
      }
    }
  }
}
