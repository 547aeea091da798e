package dev.kretsim.console;

import dev.kretsim.kernel.DidYouMean;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What every command does with errors: one line on stderr, no usage text, no stack trace, and the
 * exit code that says whose fault it was.
 */
public final class OneLineErrors {
  private OneLineErrors() {}

  public static CommandLine install(CommandLine commandLine) {
    return commandLine
        .setParameterExceptionHandler(new BadUsage())
        .setExecutionStrategy(new InOneLine())
        .setUnmatchedOptionsArePositionalParams(false);
  }

  // Classes and no lambdas: those of picocli's interfaces Java makes anew at each start.

  private static final class BadUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
      return badUsage(e);
    }
  }

  private static final class InOneLine implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
      CommandLine command = parsed.commandSpec().commandLine();
      PrintWriter err = command.getErr();
      return FailureLine.run(err, new Execution(parsed, command, err));
    }
  }

  private record Execution(ParseResult parsed, CommandLine command, PrintWriter err)
      implements FailureLine.Work {
    @Override
    public int run(PrintWriter remarks) {
      command.setErr(remarks);
      try {
        return OneLineErrors.run(parsed, remarks);
      } finally {
        command.setErr(err);
      }
    }
  }

  private static int run(ParseResult parsed, PrintWriter err) {
    try {
      Outputs.check(parsed);
      return new RunLast().execute(parsed);
    } catch (ParameterException wrong) {
      return badUsage(wrong);
    } catch (ExecutionException told) {
      return FailureLine.of(told.getCause() == null ? told : told.getCause(), err);
    }
  }

  private static int badUsage(ParameterException e) {
    return FailureLine.print(e.getCommandLine().getErr(), words(e), ExitCode.BAD_INPUT);
  }

  private static String words(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unknown) {
      return unmatched(unknown) + meant(unknown);
    }
    ArgSpec argument = e.getArgSpec();
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      argument = missing.getMissing().get(0);
      return name(argument)
          + (argument.isOption() ? " needs a " + argument.paramLabel() : " is missing")
          + ": "
          + String.join(" ", argument.renderedDescription());
    }
    return argument != null && e.getCause() instanceof TypeConversionException wrong
        ? name(argument) + ": " + wrong.getMessage()
        : String.valueOf(e.getMessage());
  }

  private static String unmatched(UnmatchedArgumentException unknown) {
    String first = unknown.getUnmatched().get(0);
    boolean commands = !unknown.getCommandLine().getSubcommands().isEmpty();
    return first.startsWith("-")
        ? String.valueOf(unknown.getMessage())
        : (commands ? "no such command: " : "one word too many: ") + first;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** The option or command that was meant; a file without a command is one to plan. */
  private static String meant(UnmatchedArgumentException unknown) {
    CommandSpec command = unknown.getCommandLine().getCommandSpec();
    String word = unknown.getUnmatched().get(0).replaceFirst("=.*", "");
    List<String> known = new ArrayList<>(command.subcommands().keySet());
    if (word.startsWith("-")) {
      for (CommandLine each : command.subcommands().values()) {
        if (each.getCommandSpec().optionsMap().containsKey(word)) {
          return "; a command comes first, as in: kretsim " + each.getCommandName() + " " + word;
        }
      }
      String other = OtherNames.of(command.optionsMap().keySet(), word);
      if (!other.isEmpty()) {
        return "; did you mean " + other + "?";
      }
      String hint = DidYouMean.hint(command.optionsMap().keySet(), word);
      return hint.isEmpty() ? "; --help lists what there is" : hint;
    }
    if (word.equals("help") || word.equals("version")) {
      return "; say kretsim --" + word;
    }
    if (known.contains("plan") && DidYouMean.among(known, word).isEmpty()) {
      return "; a command comes first, as in: kretsim plan " + word;
    }
    return DidYouMean.hint(known, word);
  }
}
