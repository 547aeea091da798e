package dev.kretsim.explain;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.workload.drive.Step;
import dev.kretsim.workload.run.CallListener;
import dev.kretsim.workload.run.Simulation;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario in virtual time and tells the life of the first call that has a given fate.
 *
 * <p>It sees what handlers and callers see: nothing in the hit path knows of it.
 */
public final class Explainer implements CallListener {
  private static final int MAX_CPUS = 64;
  private static final int MAX_INSTANCES = 1024;

  private final Scenario scenario;
  private final List<Fate> wanted;
  private final Map<Fate, CallStory> found = new EnumMap<>(Fate.class);
  private final Map<Fate, Integer> seen = new EnumMap<>(Fate.class);
  private final Map<Symbol, List<ExplainedStep>> registered = new HashMap<>();
  private final Map<Symbol, List<Integer>> textBefore = new HashMap<>();
  private final Map<String, Kretprobe> probes = new LinkedHashMap<>();
  private final Set<Kretprobe> withoutEntryHandler = new HashSet<>();
  private final Map<Task, ArrayDeque<CallStory>> open = new LinkedHashMap<>();
  private @Nullable CallStory returning;
  private @Nullable MachineView view;
  private LongSupplier clock = () -> 0;

  private Explainer(Scenario scenario, List<Fate> wanted) {
    this.scenario = scenario;
    this.wanted = wanted;
  }

  /**
   * Explains the first call of the given fate; a hit is followed by the first miss, if there is
   * one.
   *
   * @param scenario virtual time is used whatever it says
   * @param wanted null for a hit and a miss
   * @throws BadInputException if no call has that fate
   */
  public static Explanation explain(Scenario scenario, @Nullable Fate wanted) {
    List<Fate> fates = wanted == null ? List.of(Fate.HIT, Fate.MISSED) : List.of(wanted);
    if (scenario.cpus() > MAX_CPUS) {
      throw tooMuch("CPUs", MAX_CPUS, scenario.cpus());
    }
    Explainer explainer = new Explainer(scenario, fates);
    Simulation.run(scenario, explainer);
    return explainer.explanation();
  }

  private static BadInputException tooMuch(String what, int most, int given) {
    return new BadInputException(
        "explain shows all %s, so there must be at most %d: %d".formatted(what, most, given));
  }

  /** The built-in scenario in which a call has that fate. */
  public static Scenario example(@Nullable Fate wanted) throws IOException {
    // One scenario has both hits and misses.
    Fate told = wanted == null || wanted == Fate.MISSED ? Fate.HIT : wanted;
    String name = told.label() + ".yaml";
    try (InputStream in = Explainer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the built-in scenario is not in the jar: " + name);
      }
      return ScenarioReader.read(name, in);
    }
  }

  private Explanation explanation() {
    CallStory first = found.get(wanted.get(0));
    if (first == null) {
      throw new BadInputException(notFound());
    }
    List<ExplainedStep> steps = new ArrayList<>();
    add(registered.getOrDefault(first.function(), List.of()), first.fate(), steps);
    for (Fate fate : wanted) {
      CallStory story = found.get(fate);
      if (story != null) {
        add(story.steps(), fate, steps);
      }
    }
    Kretprobe probe = first.probe();
    return new Explanation(
        scenario,
        first.function().name(),
        probe.registration().poolDesign().name(),
        probe.maxactive(),
        steps);
  }

  private static void add(List<ExplainedStep> more, Fate fate, List<ExplainedStep> steps) {
    for (ExplainedStep step : more) {
      steps.add(step.in(steps.size() + 1, fate));
    }
  }

  private String notFound() {
    if (probes.isEmpty()) {
      return "explain follows calls of a kretprobe, and the scenario has none: add one to probes";
    }
    String others =
        seen.isEmpty()
            ? "none returned"
            : seen.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
    return "no call in the scenario has the fate %s, its calls of probed functions are: %s"
        .formatted(wanted.get(0).label(), others);
  }

  @Override
  public void booted(Machine machine, LongSupplier driversClock) {
    view = new MachineView(machine);
    clock = driversClock;
    for (Scenario.FunctionSpec function : scenario.functions()) {
      machine
          .symbols()
          .find(function.name())
          .ifPresent(symbol -> textBefore.put(symbol, view().text(symbol)));
    }
  }

  @Override
  public void registered(List<Kretprobe> kretprobes) {
    List<Scenario.ProbeSpec.OnReturn> specs = kretprobeSpecs();
    for (int i = 0; i < specs.size(); i++) {
      Kretprobe probe = kretprobes.get(i);
      if (probe.maxactive() > MAX_INSTANCES) {
        throw tooMuch("instances", MAX_INSTANCES, probe.maxactive());
      }
      probes.putIfAbsent(specs.get(i).symbol(), probe);
      if (specs.get(i).entryRule() instanceof Scenario.EntryRule.Absent) {
        withoutEntryHandler.add(probe);
      }
    }
    textBefore.forEach(
        (function, bytes) -> {
          Kretprobe probe = probes.get(function.name());
          if (probe != null) {
            registered.put(function, registering(function, bytes, probe).steps());
          }
        });
  }

  private Registering registering(Symbol function, List<Integer> bytes, Kretprobe probe) {
    MachineState after =
        new MachineState(
            view().text(function),
            view().word(function.address()),
            List.of(),
            null,
            null,
            MachineView.free(probe),
            new Value.Members(List.of()),
            probe.nmissed(),
            probe.kp().nmissed());
    int asked =
        kretprobeSpecs().stream()
            .filter(spec -> spec.symbol().equals(function.name()))
            .findFirst()
            .orElseThrow()
            .maxactive();
    return new Registering(view(), probe, asked, function, bytes, after);
  }

  private List<Scenario.ProbeSpec.OnReturn> kretprobeSpecs() {
    return scenario.probes().stream()
        .filter(Scenario.ProbeSpec.OnReturn.class::isInstance)
        .map(Scenario.ProbeSpec.OnReturn.class::cast)
        .toList();
  }

  @Override
  public void step(Cpu cpu, Symbol function, Step step) {
    settle();
    CallStory story = topOf(cpu.task());
    if (story != null && story.function().equals(function) && story.entered()) {
      if (step instanceof Step.Return back) {
        story.returning(cpu, back.value());
        returning = story;
        return;
      }
      story.step(step);
    }
    if (step instanceof Step.Call call) {
      begin(cpu, call.callee().symbol(), call.argument());
    }
  }

  private void begin(Cpu cpu, Symbol callee, long argument) {
    Kretprobe probe = probes.get(callee.name());
    // Calls inside one that is being told must not be taken for it.
    boolean inside = topOf(cpu.task()) != null;
    if (probe != null && (inside || !found.keySet().containsAll(wanted))) {
      open.computeIfAbsent(cpu.task(), task -> new ArrayDeque<>())
          .push(new CallStory(view(), clock, probe, withoutEntryHandler, cpu, callee, argument));
    }
  }

  @Override
  public void popped(Cpu cpu, KretprobeInstance instance, PtRegs regs) {
    settle();
    CallStory story = topOf(cpu.task());
    if (story != null && isOf(story, instance)) {
      story.popped(cpu, instance, regs);
    }
  }

  @Override
  public void answered(Cpu cpu, KretprobeInstance instance, int answer) {
    settle();
    CallStory story = topOf(cpu.task());
    if (story != null && isOf(story, instance)) {
      story.answered(instance, cpu.regs(), answer);
    }
  }

  @Override
  public void entered(Cpu cpu, Symbol function) {
    settle();
    CallStory story = topOf(cpu.task());
    if (story != null && story.function().equals(function) && !story.entered()) {
      story.entered(cpu);
    }
  }

  @Override
  public void handling(Cpu cpu, KretprobeInstance instance, PtRegs regs) {
    CallStory story = returning;
    if (story != null && story.task() == cpu.task()) {
      story.handling(instance, regs);
    }
  }

  @Override
  public void happened(Scenario.EventSpec event) {
    settle();
    if (event instanceof Scenario.EventSpec.OfProbe ofProbe) {
      open.values().stream()
          .flatMap(ArrayDeque::stream)
          .filter(story -> story.function().name().equals(ofProbe.symbol()))
          .forEach(story -> story.happened(ofProbe));
    } else if (event instanceof Scenario.EventSpec.KillTask kill) {
      // Their calls have no end, so there is nothing to tell.
      open.keySet().removeIf(task -> task.comm().equals(kill.comm()));
    }
  }

  @Override
  public void ended() {
    settle();
  }

  /** Ends the story of the call that has returned since. */
  private void settle() {
    CallStory story = returning;
    if (story == null) {
      return;
    }
    returning = null;
    story.finished();
    stackOf(story.task()).remove(story);
    if (story.unprobed()) {
      return;
    }
    Fate fate = story.fate();
    seen.merge(fate, 1, Integer::sum);
    if (wanted.contains(fate)) {
      found.putIfAbsent(fate, story);
    }
  }

  private static boolean isOf(CallStory story, KretprobeInstance instance) {
    return !story.entered()
        && story.function().name().equals(instance.kretprobe().kp().symbolName());
  }

  private @Nullable CallStory topOf(Task task) {
    return stackOf(task).peek();
  }

  private ArrayDeque<CallStory> stackOf(Task task) {
    return open.getOrDefault(task, new ArrayDeque<>());
  }

  private MachineView view() {
    if (view == null) {
      throw new IllegalStateException("not booted");
    }
    return view;
  }
}
