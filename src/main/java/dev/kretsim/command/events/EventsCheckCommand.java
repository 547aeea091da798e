package dev.kretsim.command.events;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.console.Bounds;
import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.Out;
import dev.kretsim.files.BoundedFile;
import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.report.events.CheckReport;
import dev.kretsim.tracefs.event.KnownSymbols;
import dev.kretsim.tracefs.event.TrialKernel;
import dev.kretsim.tracefs.event.Written;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim events check}: what the kernel says to lines. */
@Command(
    name = "check",
    description =
        "Says what the kernel would say: to each kprobe_events line, or to probes in an image.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all lines are accepted",
      "1:a line is refused, or a SYMBOL+OFFSET",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
final class EventsCheckCommand implements Callable<Integer> {
  private static final int DEFAULT_CPUS = 2;
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_SYMBOL_BYTES = 256 << 20;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = {
        "Lines as for kprobe_events; - is the standard input.",
        "With --image or --bytes: SYMBOL or SYMBOL+OFFSET; none means all."
      })
  private List<String> operands = new ArrayList<>();

  @Mixin private KernelOptions kernel = new KernelOptions();

  @Option(
      names = "--arch",
      description = "x86_64 (default) or arm64; that of the image where one is given.")
  private @Nullable String arch;

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

  @Mixin private PointOptions points;

  @Option(names = "--out", defaultValue = "table", description = "table (default) or json.")
  private String out;

  @Override
  public Integer call() throws IOException {
    Out form = Choice.of("--out", out, Out.values());
    return points.given() ? points(form) : lines(form);
  }

  private MachineSpec machine(KernelVersion version, Arch architecture) {
    return kernel.preempted(
        MachineSpec.of(
            version,
            architecture,
            Bounds.optional("--possible-cpus", possibleCpus, MachineSpec.MAX_CPUS)
                .orElse(DEFAULT_CPUS)));
  }

  private int points(Out form) {
    KernelVersion given = kernel.given();
    Arch wanted = Choice.ofNullable("--arch", arch, Arch::of, "x86_64, arm64");
    return points.check(
            new PointOptions.Asked(operands, given, wanted, symbols, form), this::machine)
        ? 0
        : 1;
  }

  private int lines(Out form) throws IOException {
    if (operands.size() != 1) {
      throw new BadInputException("give one file of kprobe_events lines, or - for standard input");
    }
    List<String> lines = read(operands.get(0));
    MachineSpec machine =
        machine(
            kernel.version(), Choice.of("--arch", arch == null ? "x86_64" : arch, Arch.values()));
    TrialKernel trial = new TrialKernel(machine, symbols(), lines);
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
    spec.commandLine().getOut().print(shown(form == Out.JSON ? report.json() : report.text()));
    spec.commandLine().getOut().flush();
    return report.allAccepted() ? 0 : 1;
  }

  private KnownSymbols symbols() {
    if (symbols == null) {
      return KnownSymbols.builtIn();
    }
    String name = symbols.toString();
    try (InputStream file = BoundedFile.open(name, symbols, MOST_SYMBOL_BYTES)) {
      return KnownSymbols.read(name, new InputStreamReader(file, StandardCharsets.ISO_8859_1));
    } catch (IOException unreadable) {
      throw new BadInputException(name + ": cannot be read: " + FileName.reason(unreadable));
    }
  }

  private static List<String> read(String file) throws IOException {
    if (file.equals("-")) {
      return lines(BoundedFile.read("standard input", System.in, MOST_BYTES));
    }
    return lines(BoundedFile.read(file, FileName.of(file), MOST_BYTES));
  }

  /** A character for each byte, as the kernel counts them. */
  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
  }

  /** The bytes as what they were meant to be, where that is UTF-8. */
  private static String shown(String bytes) {
    try {
      ByteBuffer meant = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(bytes));
      return StandardCharsets.UTF_8.newDecoder().decode(meant).toString();
    } catch (CharacterCodingException otherText) {
      return bytes;
    }
  }
}
