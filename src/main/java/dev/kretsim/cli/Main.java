package dev.kretsim.cli;

import dev.kretsim.command.events.EventsCommand;
import dev.kretsim.command.fleet.FleetCommand;
import dev.kretsim.command.plan.PlanCommand;
import dev.kretsim.command.scale.ScaleCommand;
import dev.kretsim.console.FailureLine;
import dev.kretsim.console.OneLineErrors;
import dev.kretsim.console.Outputs;
import dev.kretsim.console.StandardOutput;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** Entry point of {@code kretsim.jar}. */
public final class Main {
  /** In the order in which help lists them. */
  private static final List<String> COMMANDS =
      List.of("plan", "record", "import", "run", "fleet", "explain", "conform", "scale", "events");

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command on this process's standard output and error, and returns its exit code. */
  static int run(String[] arguments) {
    // Digits and letters' cases are the same everywhere, wherever a command runs.
    Locale.setDefault(Locale.ROOT);
    String[] said = asked(arguments);
    if (isPlanOfFiles(said)) {
      return planOfFiles(said, out(), err());
    }
    return onStandardStreams(commandLine(said.length == 0 ? "" : said[0])).execute(said);
  }

  /** {@code help plan} asks what {@code plan --help} does. */
  private static String[] asked(String[] arguments) {
    int words = arguments.length;
    if (words == 0 || words > 2) {
      return arguments;
    }
    String last = arguments[words - 1];
    if (arguments[0].equals("version") && words == 1) {
      return new String[] {"--version"};
    }
    if (arguments[0].equals("help")) {
      return words == 1 ? new String[] {"--help"} : new String[] {last, "--help"};
    }
    return COMMANDS.contains(arguments[0]) && last.equals("help") && !new File(last).exists()
        ? new String[] {arguments[0], "--help"}
        : arguments;
  }

  /** Has a command speak on this process's standard output and error. */
  public static CommandLine onStandardStreams(CommandLine commandLine) {
    return commandLine.setOut(out()).setErr(err());
  }

  private static PrintWriter out() {
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  private static PrintWriter err() {
    return new PrintWriter(System.err, true, StandardCharsets.UTF_8);
  }

  /**
   * Whether files are to be planned from and nothing more is said: no other word is an option. To
   * know all options takes longer than most plans, so that is left where there are none.
   */
  static boolean isPlanOfFiles(String[] arguments) {
    if (arguments.length < 2 || !arguments[0].equals("plan")) {
      return false;
    }
    for (String word : arguments) {
      if (word.startsWith("-") && !word.equals("-")) {
        return false;
      }
    }
    return true;
  }

  /** Runs such a command as {@link #commandLine()} would. */
  static int planOfFiles(String[] arguments, PrintWriter out, PrintWriter err) {
    List<String> files = Arrays.asList(arguments).subList(1, arguments.length);
    return FailureLine.run(err, remarks -> PlanCommand.of(files).run(out, remarks));
  }

  /** A command with what holds for errors and numbers everywhere. */
  public static CommandLine withConventions(CommandLine commandLine) {
    return Outputs.install(OneLineErrors.install(commandLine)).setExpandAtFiles(false);
  }

  /** The command line with all its commands and the error convention. */
  static CommandLine commandLine() {
    return commandLine("");
  }

  /** As above; with one of its commands alone, where that is what comes first: it starts sooner. */
  private static CommandLine commandLine(String first) {
    CommandLine commandLine = new CommandLine(new KretsimCommand());
    for (String name : COMMANDS.contains(first) ? List.of(first) : COMMANDS) {
      commandLine.addSubcommand(name, command(name));
    }
    return withConventions(commandLine);
  }

  private static Object command(String name) {
    return switch (name) {
      case "plan" -> new PlanCommand();
      case "record" -> new RecordCommand();
      case "import" -> new ImportCommand();
      case "run" -> new RunCommand();
      case "fleet" -> new FleetCommand();
      case "explain" -> new ExplainCommand();
      case "conform" -> new ConformCommand();
      case "scale" -> new ScaleCommand();
      case "events" -> new EventsCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
