package dev.kretsim.command.events;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.console.Bounds;
import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.files.BoundedFile;
import dev.kretsim.files.FileName;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.workload.run.ScriptRun;
import dev.kretsim.workload.script.Script;
import dev.kretsim.workload.script.ScriptReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim events run}: a script of tracefs commands and calls. */
@Command(
    name = "run",
    description = "Carries out a script of echo and cat lines and of calls, in virtual time.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:script carried out, all laws hold",
      "1:a law of the machine was broken",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
final class EventsRunCommand implements Callable<Integer> {
  private static final int DEFAULT_CPUS = 2;
  private static final int MOST_BYTES = 4 << 20;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCRIPT",
      description = "A script; - is the standard input. Default: a built-in one.")
  private @Nullable String file;

  @Option(names = "--example", description = "Print the built-in script and leave.")
  private boolean example;

  @Mixin private KernelOptions kernel = new KernelOptions();

  @Option(names = "--arch", defaultValue = "x86_64", description = "x86_64 (default) or arm64.")
  private String arch;

  @Option(names = "--cpus", paramLabel = "N", description = "Emulated CPUs; 2 if not given.")
  private @Nullable Integer cpus;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Where every random choice comes from; 1 if not given.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    if (example) {
      print(ScriptReader.builtInText());
      return 0;
    }
    Script script = script();
    MachineSpec machine =
        kernel.preempted(
            MachineSpec.of(
                kernel.version(),
                Choice.of("--arch", arch, Arch.values()),
                Bounds.optional("--cpus", cpus, MachineSpec.MAX_CPUS).orElse(DEFAULT_CPUS)));
    String printed = ScriptRun.run(script, machine, seed);
    spec.commandLine()
        .getErr()
        .println(
            "kretsim: kernel %s on %s, %d CPUs, virtual time, seed %d"
                .formatted(
                    machine.version().label(), machine.arch().label(), machine.onlineCpus(), seed));
    print(printed);
    return 0;
  }

  private Script script() throws IOException {
    if (file == null) {
      return ScriptReader.builtIn();
    }
    if (file.equals("-")) {
      String name = "standard input";
      byte[] typed = BoundedFile.read(name, System.in, MOST_BYTES);
      return ScriptReader.read(name, new String(typed, StandardCharsets.UTF_8));
    }
    byte[] bytes = BoundedFile.read(file, FileName.of(file), MOST_BYTES);
    return ScriptReader.read(file, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}
