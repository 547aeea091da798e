package dev.kretsim.cli;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.console.Bounds;
import dev.kretsim.console.Choice;
import dev.kretsim.console.Out;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.report.events.CheckReport;
import dev.kretsim.tracefs.event.KnownSymbols;
import dev.kretsim.tracefs.event.TrialKernel;
import dev.kretsim.tracefs.event.Written;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim events check}: what the kernel says to lines. */
@Command(
    name = "check",
    description = "Says of each kprobe_events line what the kernel would say.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all lines are accepted", "1:a line is refused", "2:bad usage or bad input"})
final class EventsCheckCommand implements Callable<Integer> {
  private static final int DEFAULT_CPUS = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Lines as for kprobe_events; - is the standard input.")
  private List<String> operands = new ArrayList<>();

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "5.4 to 7.3, or any release as uname -r prints it.")
  private @Nullable String kernel;

  @Option(
      names = "--preempt",
      description = "none, voluntary, full, lazy or realtime: decides the default maxactive.")
  private @Nullable String preemption;

  @Option(names = "--arch", defaultValue = "x86_64", description = "x86_64 (default) or arm64.")
  private String arch;

  @Option(
      names = "--possible-cpus",
      paramLabel = "N",
      description = "For the default number of instances; 2 if not given.")
  private @Nullable Integer possibleCpus;

  @Option(
      names = "--symbols",
      paramLabel = "FILE",
      description = "Your kernel's functions: /proc/kallsyms or a System.map.")
  private @Nullable Path symbols;

  @Option(names = "--out", defaultValue = "table", description = "table (default) or json.")
  private String out;

  @Override
  public Integer call() throws IOException {
    Out form = Choice.of("--out", out, Out.values());
    return lines(form);
  }

  private int lines(Out form) throws IOException {
    if (operands.size() != 1) {
      throw new BadInputException("give one file of kprobe_events lines, or - for standard input");
    }
    List<String> lines = read(operands.get(0));
    MachineSpec machine =
        MachineSpec.of(
            kernel == null ? KernelVersion.newest() : Kernels.of(kernel, spec),
            Choice.of("--arch", arch, Arch.values()),
            Bounds.optional("--possible-cpus", possibleCpus, MachineSpec.MAX_CPUS)
                .orElse(DEFAULT_CPUS));
    TrialKernel trial =
        new TrialKernel(
            preemption == null
                ? machine
                : machine.with(Choice.of("--preempt", preemption, Preemption.values())),
            symbols(),
            lines);
    List<CheckReport.Line> checked = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        Written written = trial.events().write(line);
        checked.add(new CheckReport.Line(i + 1, written, trial.advice(written)));
      }
    }
    CheckReport report =
        new CheckReport(machine.version().label(), machine.arch().label(), checked);
    spec.commandLine().getOut().print(form == Out.JSON ? report.json() : report.text());
    spec.commandLine().getOut().flush();
    return report.allAccepted() ? 0 : 1;
  }

  private KnownSymbols symbols() throws IOException {
    if (symbols == null) {
      return KnownSymbols.builtIn();
    }
    if (!Files.isReadable(symbols) || Files.isDirectory(symbols)) {
      throw new BadInputException(symbols + ": no such symbol file");
    }
    try (Reader file = Files.newBufferedReader(symbols, StandardCharsets.ISO_8859_1)) {
      return KnownSymbols.read(symbols.toString(), file);
    }
  }

  private static List<String> read(String file) throws IOException {
    if (file.equals("-")) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new BadInputException(file + ": no such file");
    }
    return Files.readString(path, StandardCharsets.ISO_8859_1).lines().toList();
  }
}
