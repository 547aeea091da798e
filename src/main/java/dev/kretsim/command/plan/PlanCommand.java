package dev.kretsim.command.plan;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.Kernels;
import dev.kretsim.console.Share;
import dev.kretsim.files.OutputFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Tool;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.report.plan.Html;
import dev.kretsim.report.plan.Svg;
import dev.kretsim.scale.Machine;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceContent;
import dev.kretsim.trace.read.TraceFormat;
import dev.kretsim.trace.read.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim plan}: how large must maxactive be? */
@Command(
    name = "plan",
    description = PlanCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:plan printed",
      "1:a function misses more than --fail-above",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
public final class PlanCommand implements Callable<Integer> {
  /** What it is for, in a line or two. */
  public static final String DESCRIPTION =
      "The maxactive that a kretprobe needs, from a trace of the function's calls or a described"
          + " load.";

  /** What people call them; the content tells which of ftrace's texts a file is. */
  private static final Map<String, String> OTHER_FORMATS =
      Map.of(
          "ftrace", "auto",
          "trace", "auto",
          "perf-script", "perf",
          "tracecmd", "trace-cmd",
          "kprobe_events", "events",
          "kprobe_profile", "profile");

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
      split = ",",
      description = "Plan this function; repeatable. Default: all in the trace.")
  private List<String> functions = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "auto (default, by content), function_graph, events, trace-cmd, perf, bpftrace,"
              + " funclatency, profile or calls.")
  private String format = "auto";

  @Option(
      names = "--target",
      paramLabel = "RATIO",
      description =
          "The share of calls that may be missed: 1e-4, 0.01%%, 1/10000 (default"
              + " ${DEFAULT-VALUE}).")
  private String target = "1e-4";

  @Option(
      names = "--confidence",
      paramLabel = "RATIO",
      description = "How sure the ranges are (default ${DEFAULT-VALUE}).")
  private String confidence = "0.95";

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "5.4 to 7.3, or as uname -r prints it. Default: 7.3, the newest.")
  private @Nullable String kernel;

  @Option(
      names = "--preempt",
      paramLabel = "MODEL",
      description =
          "none, voluntary (default), full, lazy or realtime; decides the kernel's default before"
              + " 6.2.")
  private String preemption = "voluntary";

  @Option(
      names = "--possible-cpus",
      paramLabel = "N",
      description =
          "CPUs that the machine to probe may have: 64, or 0-63 as"
              + " /sys/devices/system/cpu/possible says. Default: of --machine, or as in the"
              + " trace.")
  private @Nullable String possibleCpus;

  @Mixin private MachineOption machineOption = new MachineOption();

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      description =
          "What sets the probe: tracefs (default), bcc, bpftrace, libbpf, cilium, perf, systemtap"
              + " or module.")
  private String tool = "tracefs";

  @Option(
      names = "--data-size",
      paramLabel = "BYTES",
      description = "Your own bytes in each instance (default ${DEFAULT-VALUE}).")
  private int dataSize;

  @Option(
      names = "--growth",
      paramLabel = "FACTOR",
      description = "Make it fit so many times the rate: 2x, +50%%, or threads:2x.")
  private @Nullable String growth;

  @Option(
      names = "--maxactive",
      paramLabel = "N",
      description = "Say what a pool of this size misses, and up to which rate it will do.")
  private @Nullable Integer maxactive;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads that read a trace. Default: one for each CPU.")
  private @Nullable Integer jobs;

  @Option(
      names = "--map-size",
      paramLabel = "N",
      description = "Entries of your map of start times (default ${DEFAULT-VALUE}).")
  private int mapSize = PlanQuestion.USUAL_MAP;

  @Mixin private GateOptions gate = new GateOptions();

  @ArgGroup(validate = false, heading = "%nA load that is described, not recorded:%n")
  private SyntheticOptions synthetic = new SyntheticOptions();

  @Option(
      names = "--out",
      paramLabel = "FORM",
      description = "table (default), json, csv, markdown, github (annotations) or junit.")
  private String out = "table";

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a report to this file too; it opens offline.")
  private @Nullable OutputFile html;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Write the curve as a picture to this file too.")
  private @Nullable OutputFile svg;

  @Option(names = "--explain", description = "Tell how it was computed, in technical terms.")
  private boolean explain;

  /** The plan of traces that are named and nothing more said. */
  public static PlanCommand of(List<String> files) {
    PlanCommand command = new PlanCommand();
    command.files = files;
    return command;
  }

  @Override
  public Integer call() throws IOException {
    return run(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /**
   * Plans.
   *
   * @param printed receives the plan
   * @param told receives remarks
   * @return the exit code
   */
  public int run(PrintWriter printed, PrintWriter told) throws IOException {
    PlanForm form = PlanForm.named(out);
    Machine machine = machineOption.machine();
    PlanQuestion question =
        new PlanQuestion(
            functions,
            Share.missed("--target", target),
            Share.mostly("--confidence", confidence),
            kernel(),
            preemption(),
            cpus(machine),
            dataSize,
            growth == null ? Growth.NONE : Growth.parse(growth),
            maxactive,
            mapSize,
            Tool.named(tool),
            kernel);
    gate.check(maxactive);
    TraceFormat wanted = format();
    Workers workers = workers();
    Plan plan =
        MachineOption.told(
            files.isEmpty() && synthetic.isGiven()
                ? syntheticPlan(question)
                : tracePlan(question, wanted, workers),
            machine);
    if (html != null) {
      html.write(Html.render(plan));
    }
    if (svg != null) {
      svg.write(Svg.render(plan));
    }
    Map<String, String> failures = gate.failures(plan);
    if (!gate.isQuiet() || (!failures.isEmpty() && form.tellsFailures())) {
      form.print(plan, new PlanForm.How(explain, failures), printed);
      printed.flush();
    }
    if (!gate.isQuiet()) {
      for (String remark : plan.remarks()) {
        told.println(remark);
      }
      for (String doubt : synthetic.doubts()) {
        told.println(doubt);
      }
    }
    for (Map.Entry<String, String> failure : failures.entrySet()) {
      told.println(failure.getKey() + ": " + failure.getValue());
    }
    return failures.isEmpty() ? ExitCode.FINE : ExitCode.CHECK_FAILED;
  }

  private Plan tracePlan(PlanQuestion question, @Nullable TraceFormat wanted, Workers workers) {
    try (TraceSource source = TraceSource.of(files, System.in)) {
      return new SourcePlanner(question, synthetic, maxactive, workers)
          .plan(source, TraceContent.of(source, wanted), wanted);
    }
  }

  private Plan syntheticPlan(PlanQuestion question) {
    if (functions.size() > 1) {
      throw new BadInputException("a load is that of one --function: " + functions);
    }
    String function = functions.isEmpty() ? SyntheticPlanner.UNNAMED : functions.get(0);
    return synthetic.plan(function, question);
  }

  private @Nullable Integer cpus(@Nullable Machine machine) {
    if (possibleCpus != null) {
      return PossibleCpus.parse(possibleCpus);
    }
    return machine == null ? null : (Integer) machine.cpus();
  }

  private KernelVersion kernel() {
    return kernel == null ? KernelVersion.newest() : Kernels.of(kernel, spec);
  }

  private Preemption preemption() {
    return Choice.required("--preempt", preemption, Preemption::of, Preemption.labels());
  }

  private @Nullable TraceFormat format() {
    String wanted = OTHER_FORMATS.getOrDefault(format, format);
    return wanted.equals("auto")
        ? null
        : Choice.required("--format", wanted, TraceFormat::of, "auto, " + TraceFormat.labels());
  }

  private Workers workers() {
    if (jobs == null) {
      return Workers.usual();
    }
    if (jobs < 1 || jobs > Workers.MOST_JOBS) {
      throw new BadInputException("--jobs must be from 1 to " + Workers.MOST_JOBS + ": " + jobs);
    }
    return Workers.of(jobs);
  }
}
