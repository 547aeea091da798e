package dev.kretsim.cli;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.LawBrokenException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What every command does with errors: one line on stderr, no usage text, and exit code 2 for what
 * the user gave; anything else is our own fault and shows itself with a stack trace and code 70.
 */
final class OneLineErrors {
  /** {@code EX_SOFTWARE} of sysexits.h. */
  private static final int OWN_FAULT = 70;

  private OneLineErrors() {}

  static CommandLine install(CommandLine commandLine) {
    return commandLine
        .setParameterExceptionHandler((e, arguments) -> badUsage(e))
        .setExecutionExceptionHandler((e, command, result) -> failed(e, command))
        .setUnmatchedOptionsArePositionalParams(false);
  }

  private static int badUsage(ParameterException e) {
    return print(e.getCommandLine(), String.valueOf(e.getMessage()));
  }

  private static int failed(Exception e, CommandLine command) {
    if (e instanceof BadInputException) {
      return print(command, String.valueOf(e.getMessage()));
    }
    if (e instanceof LawBrokenException) {
      print(command, "a law of the machine is broken: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    command.getErr().println("kretsim: an error in kretsim itself; please report it with this:");
    e.printStackTrace(command.getErr());
    return OWN_FAULT;
  }

  private static int print(CommandLine command, String message) {
    String oneLine = message.replaceAll("\\s*\\R\\s*", " ");
    command.getErr().println("kretsim: " + oneLine);
    return CommandLine.ExitCode.USAGE;
  }
}
