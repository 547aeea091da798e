package dev.kretsim.cli;

/** The exit codes, the same for every command, and how {@code --help} tells of them. */
final class ExitCode {
  static final int FINE = 0;
  static final int CHECK_FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int LIMIT_REACHED = 3;

  /** An error of our own; {@code EX_SOFTWARE} of sysexits.h. */
  static final int OWN_FAULT = 70;

  static final String BAD_INPUT_HELP = "2:bad usage or bad input";
  static final String LIMIT_REACHED_HELP =
      "3:a limit of this machine (memory, disk), or output that cannot be written";

  private ExitCode() {}
}
