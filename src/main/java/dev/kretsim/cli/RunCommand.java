package dev.kretsim.cli;

import dev.kretsim.arch.Arch;
import dev.kretsim.explain.Timeline;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.MachineSpec;
import dev.kretsim.lock.LockKind;
import dev.kretsim.pool.PoolKind;
import dev.kretsim.report.RunJson;
import dev.kretsim.report.RunTable;
import dev.kretsim.workload.Durations;
import dev.kretsim.workload.RunResult;
import dev.kretsim.workload.Scenario;
import dev.kretsim.workload.ScenarioReader;
import dev.kretsim.workload.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim run}: emulated CPUs calling probed functions. */
@Command(
    name = "run",
    description = "Runs emulated CPUs that call probed functions, and counts what became of it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:run finished, all laws hold",
      "1:a law of the machine was broken",
      "2:bad usage or bad input"
    })
final class RunCommand implements Callable<Integer> {
  private static final int MOST_TASKS = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "A scenario in YAML. Default: a built-in one, more readers than instances.")
  private @Nullable Path file;

  @Option(names = "--cpus", paramLabel = "N", description = "Emulated CPUs.")
  private @Nullable Integer cpus;

  @Option(names = "--tasks", paramLabel = "N", description = "Tasks of each load.")
  private @Nullable Integer tasks;

  @Option(
      names = "--maxactive",
      split = ",",
      paramLabel = "N[,N...]",
      description = "Instances of every kretprobe; several values run one after the other.")
  private List<Integer> maxactives = new ArrayList<>();

  @Option(names = "--pool", description = "hlist, freelist, objpool, mpmc or ring.")
  private @Nullable String pool;

  @Option(names = "--lock", description = "The lock of the hlist pool: tas, ticket or queued.")
  private @Nullable String lock;

  @Option(names = "--kernel", paramLabel = "VERSION", description = "5.4, 5.10, 5.14, 6.1 or 6.12.")
  private @Nullable String kernel;

  @Option(names = "--arch", description = "x86_64 or arm64.")
  private @Nullable String arch;

  @Option(names = "--time", description = "virtual, or real: one thread for each CPU.")
  private @Nullable String time;

  @Option(names = "--calls", paramLabel = "N", description = "Calls that each task makes.")
  private @Nullable Long calls;

  @Option(names = "--duration", description = "How long tasks make calls, such as 5s.")
  private @Nullable String duration;

  @Option(names = "--seed", description = "Where every random choice comes from.")
  private @Nullable Long seed;

  @Option(names = "--out", defaultValue = "table", description = "table (default) or json.")
  private String out;

  @Option(
      names = "--perfetto",
      paramLabel = "FILE",
      description = "Also write a timeline, for ui.perfetto.dev or chrome://tracing.")
  private @Nullable Path perfetto;

  private enum Time {
    VIRTUAL,
    REAL
  }

  @Override
  public Integer call() throws IOException {
    Out form = Choice.of("--out", out, Out.values());
    Scenario scenario = scenario().with(overrides());
    int most = scenario.poolInUse().maxCapacity(scenario.cpus());
    for (int maxactive : maxactives) {
      Bounds.within("--maxactive", maxactive, 0, most);
    }
    List<RunResult> results = new ArrayList<>();
    if (perfetto != null) {
      results.add(runTimed(scenario, perfetto));
    } else if (maxactives.isEmpty()) {
      results.add(Simulation.run(scenario));
    } else {
      maxactives.forEach(
          maxactive -> results.add(Simulation.run(scenario.withMaxactive(maxactive))));
    }
    boolean sweep = maxactives.size() > 1;
    spec.commandLine()
        .getOut()
        .print(form == Out.JSON ? RunJson.render(results, sweep) : RunTable.render(results));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Scenario scenario() throws IOException {
    return file == null ? ScenarioReader.builtIn() : ScenarioFile.read(file);
  }

  private RunResult runTimed(Scenario scenario, Path timelineFile) throws IOException {
    if (maxactives.size() > 1) {
      throw new BadInputException("--perfetto shows one run; give one --maxactive at most");
    }
    TimelineFile.requireWritable(timelineFile);
    Timeline timeline = new Timeline();
    RunResult result =
        Simulation.run(
            maxactives.isEmpty() ? scenario : scenario.withMaxactive(maxactives.get(0)), timeline);
    TimelineFile.write(timelineFile, timeline, spec);
    return result;
  }

  private Scenario.Overrides overrides() {
    if (calls != null && duration != null) {
      throw new BadInputException("give --calls or --duration, not both");
    }
    Time wanted = time == null ? null : Choice.of("--time", time, Time.values());
    return new Scenario.Overrides(
        Choice.ofNullable("--kernel", kernel, KernelVersion::of, KernelVersion.labels()),
        Choice.ofNullable("--arch", arch, Arch::of, "x86_64, arm64"),
        Bounds.optional("--cpus", cpus, MachineSpec.MAX_CPUS),
        Bounds.optional("--tasks", tasks, MOST_TASKS),
        pool == null ? null : Choice.of("--pool", pool, PoolKind.values()),
        lock == null ? null : Choice.of("--lock", lock, LockKind.values()),
        wanted == null ? null : wanted == Time.REAL,
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
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
