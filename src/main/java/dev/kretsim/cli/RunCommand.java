package dev.kretsim.cli;

import dev.kretsim.console.Bounds;
import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.MachineOptions;
import dev.kretsim.console.Out;
import dev.kretsim.console.Outputs;
import dev.kretsim.console.PlugIns;
import dev.kretsim.console.ScenarioFile;
import dev.kretsim.explain.Timeline;
import dev.kretsim.files.OutputFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.run.Json;
import dev.kretsim.report.run.Table;
import dev.kretsim.workload.random.Durations;
import dev.kretsim.workload.run.RunResult;
import dev.kretsim.workload.run.Simulation;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim run}: emulated CPUs calling probed functions. */
@Command(
    name = "run",
    description = RunCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:run finished, all laws hold",
      "1:a law of the machine was broken",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
final class RunCommand implements Callable<Integer> {
  static final String DESCRIPTION =
      "Runs emulated CPUs that call probed functions, and counts what became of it.";

  private static final int MOST_TASKS = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "A scenario in YAML. Default: a built-in one, more readers than instances.")
  private @Nullable Path file;

  @Mixin private MachineOptions machine;

  @Mixin private PlugIns plugIns;

  @Option(names = "--tasks", paramLabel = "N", description = "Tasks of each load.")
  private @Nullable Integer tasks;

  @Option(
      names = "--maxactive",
      split = ",",
      paramLabel = "N[,N...]",
      description = "Instances of every kretprobe; several values run one after the other.")
  private List<Integer> maxactives = new ArrayList<>();

  @Option(
      names = "--lock",
      description = "The lock of a pool that has one: tas, ticket, queued, or one of your own.")
  private @Nullable String lock;

  @Option(names = "--time", description = "virtual, or real: one thread for each CPU.")
  private @Nullable String time;

  @Option(names = "--calls", paramLabel = "N", description = "Calls that each task makes.")
  private @Nullable Long calls;

  @Option(names = "--duration", description = "How long tasks make calls, such as 5s.")
  private @Nullable String duration;

  @Option(names = "--out", defaultValue = "table", description = "table (default) or json.")
  private String out;

  @Option(
      names = "--perfetto",
      paramLabel = "FILE",
      description = "Also write a timeline, for ui.perfetto.dev or chrome://tracing.")
  private @Nullable OutputFile perfetto;

  @Option(
      names = "--schema",
      description = "Print a JSON schema for scenario files, and run nothing.")
  private boolean schema;

  private enum Time {
    VIRTUAL,
    REAL
  }

  @Override
  public Integer call() throws IOException {
    if (schema) {
      spec.commandLine().getOut().print(ScenarioReader.schema());
      spec.commandLine().getOut().flush();
      return 0;
    }
    Out form = Choice.of("--out", out, Out.values());
    Scenario scenario = scenario();
    List<Scenario> wanted =
        maxactives.isEmpty()
            ? List.of(scenario)
            : maxactives.stream().map(n -> MachineOptions.withMaxactive(scenario, n)).toList();
    List<RunResult> results =
        perfetto == null ? Simulation.runAll(wanted) : List.of(runTimed(wanted, perfetto));
    results.forEach(this::remarkEventsAfterTheEnd);
    boolean sweep = maxactives.size() > 1;
    spec.commandLine()
        .getOut()
        .print(form == Out.JSON ? Json.render(results, sweep) : Table.render(results));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void remarkEventsAfterTheEnd(RunResult result) {
    for (Scenario.EventSpec event : result.scenario().events()) {
      if (event.atNs() > result.elapsedNs()) {
        spec.commandLine()
            .getErr()
            .printf(
                "kretsim: %s never happens: it is to be after %s, and the run ends after %s%n",
                event.text(),
                Quantity.duration(event.atNs()),
                Quantity.duration(result.elapsedNs()));
      }
    }
  }

  private Scenario scenario() throws IOException {
    LockDesign otherLock =
        Choice.ofNullable("--lock", lock, LockDesigns::named, LockDesigns.names());
    Time clock = time == null ? null : Choice.of("--time", time, Time.values());
    Scenario read = file == null ? ScenarioReader.builtIn() : ScenarioFile.read(file);
    return machine
        .applyTo(read, otherLock, clock == null ? null : clock == Time.REAL)
        .with(loadOverrides());
  }

  private RunResult runTimed(List<Scenario> wanted, OutputFile timelineFile) throws IOException {
    if (wanted.size() > 1) {
      throw new BadInputException("--perfetto shows one run; give one --maxactive at most");
    }
    Outputs.requireNone(spec, wanted.get(0).files());
    Timeline timeline = new Timeline();
    RunResult result = Simulation.run(wanted.get(0), timeline);
    TimelineFile.write(timelineFile, timeline, spec);
    return result;
  }

  private Scenario.LoadOverrides loadOverrides() {
    if (calls != null && duration != null) {
      throw new BadInputException("give --calls or --duration, not both");
    }
    return new Scenario.LoadOverrides(
        Bounds.optional("--tasks", tasks, MOST_TASKS),
        callsWanted(),
        duration == null ? OptionalLong.empty() : OptionalLong.of(Durations.parseNs(duration)));
  }

  private OptionalLong callsWanted() {
    Long wanted = calls;
    if (wanted == null) {
      return OptionalLong.empty();
    }
    Bounds.within("--calls", wanted, 0, Long.MAX_VALUE);
    return OptionalLong.of(wanted);
  }
}
