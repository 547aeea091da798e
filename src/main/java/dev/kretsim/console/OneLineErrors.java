package dev.kretsim.console;

import dev.kretsim.files.FileName;
import dev.kretsim.files.LimitReachedException;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.report.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What every command does with errors: one line on stderr, no usage text, no stack trace, and the
 * exit code that says whose fault it was.
 */
public final class OneLineErrors {
  private static final int MEBIBYTE = 1 << 20;

  private OneLineErrors() {}

  public static CommandLine install(CommandLine commandLine) {
    return commandLine
        .setParameterExceptionHandler((e, arguments) -> badUsage(e))
        .setExecutionStrategy(OneLineErrors::execute)
        .setUnmatchedOptionsArePositionalParams(false);
  }

  private static int execute(ParseResult parsed) {
    CommandLine command = parsed.commandSpec().commandLine();
    PrintWriter err = command.getErr();
    StringWriter remarks = new StringWriter();
    command.setErr(new PrintWriter(remarks));
    int code = ExitCode.OWN_FAULT;
    try {
      code = run(parsed, command);
    } finally {
      // Where a command is refused, its one line is all: what it remarked before is of no use.
      command.setErr(err);
      boolean refused = code == ExitCode.BAD_INPUT || code == ExitCode.LIMIT_REACHED;
      String said = remarks.toString();
      err.print(refused ? said.substring(said.lastIndexOf('\n', said.length() - 2) + 1) : said);
      err.flush();
    }
    return code;
  }

  private static int run(ParseResult parsed, CommandLine command) {
    try {
      Outputs.check(parsed);
      return new RunLast().execute(parsed);
    } catch (BadInputException | LimitReachedException refused) {
      return failed(refused, command);
    } catch (ParameterException wrong) {
      return badUsage(wrong);
    } catch (ExecutionException told) {
      return failed(told.getCause() == null ? told : told.getCause(), command);
    } catch (Error | RuntimeException severe) {
      return failed(severe, command);
    }
  }

  private static int badUsage(ParameterException e) {
    return print(
        e.getCommandLine(),
        e.getMessage() + (e instanceof UnmatchedArgumentException unknown ? meant(unknown) : ""),
        ExitCode.BAD_INPUT);
  }

  /** The option or command that was meant; a file without a command is one to plan. */
  private static String meant(UnmatchedArgumentException unknown) {
    CommandSpec command = unknown.getCommandLine().getCommandSpec();
    String word = unknown.getUnmatched().get(0).replaceFirst("=.*", "");
    List<String> known = new ArrayList<>(command.subcommands().keySet());
    if (word.startsWith("-")) {
      known = new ArrayList<>(command.optionsMap().keySet());
    } else if (known.contains("plan") && DidYouMean.among(known, word).isEmpty()) {
      return "; a command comes first, as in: kretsim plan " + word;
    }
    return DidYouMean.hint(known, word);
  }

  private static int failed(Throwable e, CommandLine command) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return print(command, outOfMemory(cause), ExitCode.LIMIT_REACHED);
      }
      if (cause instanceof StackOverflowError) {
        return print(
            command,
            "the input is nested too deeply for the stack; java -Xss64m allows more",
            ExitCode.LIMIT_REACHED);
      }
      if (cause instanceof LimitReachedException) {
        return print(command, String.valueOf(cause.getMessage()), ExitCode.LIMIT_REACHED);
      }
      if (cause instanceof BadInputException) {
        return print(command, String.valueOf(cause.getMessage()), ExitCode.BAD_INPUT);
      }
      if (cause instanceof LawBrokenException) {
        return print(
            command,
            "a law of the machine is broken: " + cause.getMessage(),
            ExitCode.CHECK_FAILED);
      }
      if (cause instanceof IOException) {
        return print(command, unusable((IOException) cause), ExitCode.BAD_INPUT);
      }
    }
    return print(
        command,
        "an error in kretsim itself, please report it: " + e + place(e),
        ExitCode.OWN_FAULT);
  }

  private static String outOfMemory(Throwable error) {
    if (String.valueOf(error.getMessage()).contains("native thread")) {
      return "no more threads can be had here; use fewer --cpus, or --time virtual";
    }
    long heap = Runtime.getRuntime().maxMemory() / MEBIBYTE;
    return String.format(
        Locale.ROOT,
        "out of memory: the heap of %d MiB is full; run java -Xmx%dm -jar kretsim.jar for more, or"
            + " ask for less",
        heap,
        4 * heap);
  }

  private static String unusable(IOException problem) {
    String file =
        problem instanceof FileSystemException ? ((FileSystemException) problem).getFile() : null;
    return (file == null ? "input" : file) + ": cannot be used: " + FileName.reason(problem);
  }

  private static String place(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private static int print(CommandLine command, String message, int code) {
    String oneLine = message.replaceAll("\\s*\\R\\s*", " ");
    command.getErr().println("kretsim: " + Printable.of(oneLine));
    return code;
  }
}
