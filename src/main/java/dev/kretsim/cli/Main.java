package dev.kretsim.cli;

import dev.kretsim.command.events.EventsCommand;
import dev.kretsim.command.fleet.FleetCommand;
import dev.kretsim.command.plan.PlanCommand;
import dev.kretsim.command.scale.ScaleCommand;
import dev.kretsim.console.FailureLine;
import dev.kretsim.console.ManifestVersion;
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
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Entry point of {@code kretsim.jar}. */
public final class Main {
  /** In the order in which help lists them. */
  private static final List<String> COMMANDS =
      List.of("plan", "record", "import", "run", "fleet", "explain", "conform", "scale", "events");

  private static final List<String> ABOUT_ITSELF = List.of("-h", "--help", "-V", "--version");

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
    return onStandardStreams(commandLine(said)).execute(said);
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
    sayVersion(commandLine);
    return Outputs.install(OneLineErrors.install(commandLine)).setExpandAtFiles(false);
  }

  private static void sayVersion(CommandLine commandLine) {
    commandLine.getCommandSpec().versionProvider(new ManifestVersion());
    commandLine.getSubcommands().values().forEach(Main::sayVersion);
  }

  /** The command line with all its commands and the error convention. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(KretsimCommand.spec());
    for (String name : COMMANDS) {
      commandLine.addSubcommand(name, command(name));
    }
    return withConventions(commandLine);
  }

  /** As above; with no more than these arguments need: it starts sooner. */
  static CommandLine commandLine(String[] arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (COMMANDS.contains(first)) {
      CommandLine commandLine = new CommandLine(KretsimCommand.spec());
      return withConventions(commandLine.addSubcommand(first, command(first)));
    }
    boolean aboutItself = arguments.length == 1 && ABOUT_ITSELF.contains(first);
    return aboutItself || arguments.length == 0 ? listing() : commandLine();
  }

  /** What a list of commands shows: none of their options. */
  private static CommandLine listing() {
    IFactory none = new NoFactory();
    CommandLine commandLine = new CommandLine(KretsimCommand.spec(), none);
    for (String name : COMMANDS) {
      CommandSpec spec = CommandSpec.wrapWithoutInspection(null, none);
      spec.usageMessage().description(description(name));
      commandLine.addSubcommand(name, new CommandLine(spec, none));
    }
    return withConventions(commandLine);
  }

  private static String description(String name) {
    return switch (name) {
      case "plan" -> PlanCommand.DESCRIPTION;
      case "record" -> RecordCommand.DESCRIPTION;
      case "import" -> ImportCommand.DESCRIPTION;
      case "run" -> RunCommand.DESCRIPTION;
      case "fleet" -> FleetCommand.DESCRIPTION;
      case "explain" -> ExplainCommand.DESCRIPTION;
      case "conform" -> ConformCommand.DESCRIPTION;
      case "scale" -> ScaleCommand.DESCRIPTION;
      case "events" -> EventsCommand.DESCRIPTION;
      default -> throw new IllegalArgumentException(name);
    };
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

  /** For what is made already: picocli's own looks for Groovy in the whole jar. */
  static final class NoFactory implements IFactory {
    @Override
    public <K> K create(Class<K> type) {
      throw new IllegalStateException(type.getName());
    }
  }
}
