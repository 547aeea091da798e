package dev.kretsim.workload.run;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.workload.drive.Agenda;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Driver;
import dev.kretsim.workload.drive.Fleet;
import dev.kretsim.workload.drive.Kthread;
import dev.kretsim.workload.drive.RealThreads;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import dev.kretsim.workload.drive.VirtualTime;
import dev.kretsim.workload.random.RandomStream;
import dev.kretsim.workload.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Builds a scenario's machine, runs it once and checks the laws. */
public final class Simulation {
  private static final int MOST_REAL_CPUS = 1024;
  private static final String THREAD_FUNCTION = "kthread";
  private static final String HANDLER_FUNCTION = "entry_handler";

  private final Scenario scenario;
  private final Driver driver;
  private final Machine machine;
  private final Map<String, Symbol> symbols = new HashMap<>();
  private final Symbol threadFunction;
  private final @Nullable Symbol handlerFunction;
  private final Kprobes kprobes;
  private final @Nullable CallListener listener;

  private Simulation(Scenario scenario, @Nullable CallListener listener, AtomicLong stepsLeft) {
    if (scenario.realTime()) {
      requireShort(scenario);
    }
    this.scenario = scenario;
    this.listener = listener;
    driver = scenario.realTime() ? new RealThreads() : new VirtualTime(stepsLeft);
    MachineSpec spec = scenario.machine();
    machine = new Machine(spec, scenario.realTime() ? RealMemory::new : PlainMemory::new);
    threadFunction = machine.define(THREAD_FUNCTION, false);
    for (Scenario.FunctionSpec function : scenario.functions()) {
      symbols.put(function.name(), machine.define(function.name(), true));
    }
    handlerFunction = callsFromHandlers() ? machine.define(HANDLER_FUNCTION, false) : null;
    kprobes = Kprobes.boot(machine, scenario.poolInUse(), scenario.lock());
    if (!scenario.realTime()) {
      kprobes.drivenByOneThread();
    }
  }

  /** In real time a thread is one of this machine, and a second is a second. */
  private static void requireShort(Scenario scenario) {
    if (scenario.cpus() > MOST_REAL_CPUS) {
      throw new BadInputException(
          "cpus must be at most %d in real time: %d".formatted(MOST_REAL_CPUS, scenario.cpus()));
    }
    for (Scenario.LoadSpec load : scenario.load()) {
      if (load.durationNs().orElse(0) > RealThreads.LONGEST_NS) {
        throw new BadInputException("duration must be at most 600s in real time");
      }
    }
  }

  /**
   * Runs a scenario.
   *
   * @param scenario what to run
   * @return what the probes saw
   * @throws BadInputException if the scenario asks for what cannot be: an unknown function, a probe
   *     that the kernel refuses
   * @throws dev.kretsim.kernel.LawBrokenException if a law of the machine does not hold
   */
  public static RunResult run(Scenario scenario) {
    return runAll(List.of(scenario)).get(0);
  }

  /**
   * Runs scenarios one after the other; together they may take no more steps than one may alone.
   *
   * @param scenarios what to run
   * @return what the probes saw, for each
   * @throws BadInputException if one asks for what cannot be
   * @throws dev.kretsim.kernel.LawBrokenException if a law of the machine does not hold
   */
  public static List<RunResult> runAll(List<Scenario> scenarios) {
    return runAll(scenarios, VirtualTime.allowance());
  }

  /** As {@link #runAll(List)} does, in as many steps, taken from as they are. */
  static List<RunResult> runAll(List<Scenario> scenarios, AtomicLong stepsLeft) {
    return scenarios.stream()
        .map(scenario -> new Simulation(scenario, null, stepsLeft).run())
        .toList();
  }

  /**
   * Runs a scenario as {@link #run(Scenario)} does, and tells {@code listener} what happens.
   *
   * @param scenario what to run
   * @param listener who is told, on the thread that drives the CPU concerned
   * @return what the probes saw
   * @throws BadInputException if the scenario asks for what cannot be
   */
  public static RunResult run(Scenario scenario, CallListener listener) {
    return new Simulation(scenario, listener, VirtualTime.allowance()).run();
  }

  private RunResult run() {
    if (listener != null) {
      listener.booted(machine, driver.clock());
    }
    ProbeSet probes = new ProbeSet(kprobes, scenario.probes(), handlerCalls(), listener);
    List<Kthread> threads = new ArrayList<>();
    for (Scenario.LoadSpec load : scenario.load()) {
      for (int i = 0; i < load.tasks(); i++) {
        threads.add(threadOf(load, threads.size()));
      }
    }
    List<Agenda.Entry> agenda =
        scenario.events().stream()
            .map(event -> new Agenda.Entry(event.atNs(), fleet -> act(event, probes, fleet)))
            .toList();
    long elapsedNs = driver.run(machine, threads, new Agenda(agenda));
    if (listener != null) {
      listener.ended();
    }
    kprobes.checkLaws();
    return new RunResult(scenario, elapsedNs, probes.results(scenario.realTime()));
  }

  private void act(Scenario.EventSpec event, ProbeSet probes, Fleet fleet) {
    if (event instanceof Scenario.EventSpec.OfProbe ofProbe) {
      probes.act(ofProbe);
    } else if (event instanceof Scenario.EventSpec.KillTask kill) {
      fleet.kill(kill.comm());
    }
    if (listener != null) {
      listener.happened(event);
    }
  }

  private boolean callsFromHandlers() {
    return scenario.probes().stream()
        .anyMatch(
            probe ->
                probe instanceof Scenario.ProbeSpec.OnReturn kretprobe
                    && kretprobe.entryRule() instanceof Scenario.EntryRule.Calls);
  }

  /** What handlers call, as each CPU runs it; null if they call nothing. */
  private @Nullable HandlerCalls handlerCalls() {
    if (handlerFunction == null) {
      return null;
    }
    List<Program> programs = new ArrayList<>();
    for (int cpu = 0; cpu < scenario.cpus(); cpu++) {
      programs.add(programOf(randomOf(-1 - cpu)));
    }
    return new HandlerCalls(
        handlerFunction, programs, listener, scenario.stepsOfCalls()::get, driver::pay);
  }

  private RandomStream randomOf(int stream) {
    return RandomStream.of(scenario.seed() * 1_000_003 + stream);
  }

  private Program programOf(RandomStream random) {
    return new Program(scenario.functions(), symbols, random, listener);
  }

  private Kthread threadOf(Scenario.LoadSpec load, int index) {
    RandomStream random = randomOf(index);
    Program program = programOf(random);
    Body body =
        new LoadBody(
            new Step.Call(program.routine(load.call()), load.argument()),
            load.think() == null ? null : new Step.Sleep(load.think().sampler(random)),
            load.calls().orElse(Long.MAX_VALUE),
            driver.clock(),
            load.durationNs().orElse(Long.MAX_VALUE));
    Body told = listener == null ? body : new WatchedBody(threadFunction, body, false, listener);
    return new Kthread(machine.newTask(load.comm()), new Routine(threadFunction, told));
  }
}
