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
      return badUsage(e, List.of(arguments));
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
      requireAtItsCommand(parsed);
      Outputs.check(parsed);
      return new RunLast().execute(parsed);
    } catch (ParameterException wrong) {
      return badUsage(wrong, List.of());
    } catch (ExecutionException told) {
      return FailureLine.of(told.getCause() == null ? told : told.getCause(), err);
    }
  }

  /** What is said to a command is not said to the one that follows it, and would be lost. */
  private static void requireAtItsCommand(ParseResult parsed) {
    for (ParseResult at = parsed; at.hasSubcommand(); at = at.subcommand()) {
      for (ArgSpec argument : at.matchedArgs()) {
        boolean asksAboutIt =
            argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
        if (!asksAboutIt) {
          throw new ParameterException(
              at.commandSpec().commandLine(),
              misplaced(argument, at.commandSpec(), at.subcommand().commandSpec()));
        }
      }
    }
  }

  private static String misplaced(ArgSpec argument, CommandSpec command, CommandSpec next) {
    String full = next.qualifiedName();
    if (argument instanceof OptionSpec option) {
      return next.optionsMap().containsKey(option.longestName())
          ? "%s: stands before the command it is for; say %s %s"
              .formatted(
                  option.longestName(),
                  full,
                  option.arity().max() == 0
                      ? option.longestName()
                      : option.longestName() + " " + option.originalStringValues().get(0))
          : "%s: is an option of %s; %s has none of that name"
              .formatted(option.longestName(), command.qualifiedName(), full);
    }
    return "%s: stands before %s, which would not see it; where %s is a file, say ./%s"
        .formatted(argument.originalStringValues().get(0), full, next.name(), next.name());
  }

  private static int badUsage(ParameterException e, List<String> typed) {
    return FailureLine.print(e.getCommandLine().getErr(), words(e, typed), ExitCode.BAD_INPUT);
  }

  private static String words(ParameterException e, List<String> typed) {
    if (e instanceof UnmatchedArgumentException unknown) {
      return unmatched(unknown) + meant(unknown, typed);
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

  /** The command with that option, preferably one that was typed; empty if none has it. */
  private static String owner(CommandSpec command, String option, List<String> typed) {
    CommandSpec at = command;
    for (String word : typed) {
      CommandLine next = at.subcommands().get(word);
      at = next == null ? at : next.getCommandSpec();
      if (at != command && at.optionsMap().containsKey(option)) {
        return at.qualifiedName();
      }
    }
    return at.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> each.optionsMap().containsKey(option))
        .map(CommandSpec::qualifiedName)
        .findFirst()
        .orElse("");
  }

  /** The option or command that was meant; a file without a command is one to plan. */
  private static String meant(UnmatchedArgumentException unknown, List<String> typed) {
    CommandSpec command = unknown.getCommandLine().getCommandSpec();
    String word = unknown.getUnmatched().get(0).replaceFirst("=.*", "");
    List<String> known = new ArrayList<>(command.subcommands().keySet());
    if (word.startsWith("-")) {
      String owner = owner(command, word, typed);
      if (!owner.isEmpty()) {
        return "; a command comes first, as in: " + owner + " " + word;
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
    if (known.contains(word)) {
      return "; behind -- nothing is a command, leave it out";
    }
    if (known.contains("plan") && DidYouMean.among(known, word).isEmpty()) {
      return "; a command comes first, as in: kretsim plan " + word;
    }
    return DidYouMean.hint(known, word);
  }
}
