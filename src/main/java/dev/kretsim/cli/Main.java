package dev.kretsim.cli;

import dev.kretsim.console.OneLineErrors;
import dev.kretsim.console.Outputs;
import dev.kretsim.console.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Entry point of {@code kretsim.jar}. */
public final class Main {
  /** By name, in the order in which help lists them. */
  private static final Map<String, Supplier<Object>> COMMANDS = commands();

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command on this process's standard output and error, and returns its exit code. */
  static int run(String[] arguments) {
    // Digits and letters' cases are the same everywhere, wherever a command runs.
    Locale.setDefault(Locale.ROOT);
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    return commandLine(arguments.length == 0 ? "" : arguments[0])
        .setOut(new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  /** The command line with all its commands and the error convention. */
  static CommandLine commandLine() {
    return commandLine("");
  }

  /** As above; with one of its commands alone, where that is what comes first: it starts sooner. */
  private static CommandLine commandLine(String first) {
    CommandLine commandLine = new CommandLine(new KretsimCommand());
    COMMANDS.forEach(
        (name, command) -> {
          if (name.equals(first) || !COMMANDS.containsKey(first)) {
            commandLine.addSubcommand(name, command.get());
          }
        });
    return Outputs.install(OneLineErrors.install(commandLine)).setExpandAtFiles(false);
  }

  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("plan", PlanCommand::new);
    commands.put("record", RecordCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("fleet", FleetCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("conform", ConformCommand::new);
    commands.put("scale", ScaleCommand::new);
    commands.put("events", EventsCommand::new);
    return commands;
  }
}
