package dev.kretsim.cli;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Planner;
import dev.kretsim.report.PlanJson;
import dev.kretsim.report.PlanTable;
import dev.kretsim.trace.TraceContent;
import dev.kretsim.trace.TraceFormat;
import dev.kretsim.trace.TraceReader;
import dev.kretsim.trace.TraceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim plan}: how large must maxactive be? */
@Command(
    name = "plan",
    description = "The maxactive that a kretprobe needs, from a trace of the function's calls.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:plan printed",
      "1:a function misses more than --fail-above",
      "2:bad usage or bad input"
    })
final class PlanCommand implements Callable<Integer> {
  /** The gate for scripts: both or none. */
  private static final class Gate {
    @Option(
        names = "--maxactive",
        required = true,
        paramLabel = "N",
        description = "Test the miss ratio of a pool of this size ...")
    private int maxactive;

    @Option(
        names = "--fail-above",
        required = true,
        paramLabel = "RATIO",
        description = "... and leave with exit code 1 when it is above this.")
    private double failAbove;
  }

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "A trace, plain or gz, xz, zst; - is standard input, sample:NAME one from the jar."
              + " Several are merged by time.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "Plan this function; repeatable. Default: all in the trace.")
  private List<String> functions = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description =
          "auto (default, by content), function_graph, events, trace-cmd, perf, bpftrace,"
              + " funclatency, profile or calls.")
  private String format;

  @Option(
      names = "--target",
      defaultValue = "1e-4",
      paramLabel = "RATIO",
      description = "The miss ratio that is still fine (default ${DEFAULT-VALUE}).")
  private double target;

  @Option(
      names = "--confidence",
      paramLabel = "RATIO",
      defaultValue = "0.95",
      description = "How sure the ranges are (default ${DEFAULT-VALUE}).")
  private double confidence;

  @Option(names = "--kernel", paramLabel = "VERSION", description = "Default: the newest, 6.12.")
  private @Nullable String kernel;

  @Option(
      names = "--preempt",
      defaultValue = "voluntary",
      paramLabel = "MODEL",
      description = "none, voluntary (default) or full; decides the default before 6.1.")
  private String preemption;

  @Option(
      names = "--possible-cpus",
      paramLabel = "N",
      description = "CPUs of the machine to probe. Default: as in the trace.")
  private @Nullable Integer possibleCpus;

  @Option(
      names = "--data-size",
      defaultValue = "0",
      paramLabel = "BYTES",
      description = "Your own bytes in each instance (default ${DEFAULT-VALUE}).")
  private int dataSize;

  @ArgGroup(exclusive = false)
  private @Nullable Gate gate;

  @Option(
      names = "--out",
      defaultValue = "table",
      paramLabel = "FORM",
      description = "table (default) or json.")
  private String out;

  @Override
  public Integer call() {
    PlanQuestion question =
        new PlanQuestion(
            functions, target, confidence, kernel(), preemption(), possibleCpus, dataSize);
    checkGate();
    Out form = Choice.of("--out", out, Out.values());
    TraceFormat wanted = format();
    try (TraceSource source = TraceSource.of(files, System.in)) {
      requireCalls(source, TraceContent.of(source, wanted));
      Plan plan = new Planner(question).plan(source, new TraceReader(source, wanted));
      plan.remarks().forEach(spec.commandLine().getErr()::println);
      spec.commandLine()
          .getOut()
          .print(form == Out.JSON ? PlanJson.render(plan) : PlanTable.render(plan));
      spec.commandLine().getOut().flush();
      return gateCode(plan);
    }
  }

  private static void requireCalls(TraceSource source, TraceContent content) {
    switch (content.kind()) {
      case CALLS -> {}
      case HOLDS ->
          throw new BadInputException(
              source.name()
                  + ": tells how long calls took, but not when they came; planning from that and a"
                  + " rate is not there yet"
                  + (content.format() == TraceFormat.FUNCTION_GRAPH
                      ? "; record with: echo 1 > options/funcgraph-abstime"
                      : ""));
      case COUNTERS ->
          throw new BadInputException(
              source.name() + ": snapshots of kprobe_profile are not planned from yet");
    }
  }

  private KernelVersion kernel() {
    KernelVersion wanted =
        Choice.ofNullable("--kernel", kernel, KernelVersion::of, KernelVersion.labels());
    return wanted == null ? KernelVersion.newest() : wanted;
  }

  private Preemption preemption() {
    return Choice.of("--preempt", preemption, Preemption.values());
  }

  private @Nullable TraceFormat format() {
    return Choice.ofNullable(
        "--format",
        format.equals("auto") ? null : format,
        TraceFormat::of,
        "auto, " + TraceFormat.labels());
  }

  private void checkGate() {
    Gate asked = gate;
    if (asked == null) {
      return;
    }
    if (asked.maxactive < 1) {
      throw new BadInputException("--maxactive must be at least 1: " + asked.maxactive);
    }
    if (!(asked.failAbove >= 0 && asked.failAbove <= 1)) {
      throw new BadInputException("--fail-above must be from 0 to 1: " + asked.failAbove);
    }
  }

  private int gateCode(Plan plan) {
    Gate asked = gate;
    if (asked == null) {
      return 0;
    }
    int code = 0;
    for (FunctionPlan function : plan.functions()) {
      double ratio = function.missRatio(asked.maxactive);
      if (ratio > asked.failAbove) {
        code = 1;
        spec.commandLine()
            .getErr()
            .printf(
                Locale.ROOT,
                "%s: misses %.3g of its calls with maxactive %d, above %.3g%n",
                function.function(),
                ratio,
                asked.maxactive,
                asked.failAbove);
      }
    }
    return code;
  }
}
