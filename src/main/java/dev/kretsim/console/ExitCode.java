package dev.kretsim.console;

/** The exit codes, the same for every command, and how {@code --help} tells of them. */
public final class ExitCode {
  public static final int FINE = 0;
  public static final int CHECK_FAILED = 1;
  public static final int BAD_INPUT = 2;
  public static final int LIMIT_REACHED = 3;

  /** An error of our own; {@code EX_SOFTWARE} of sysexits.h. */
  public static final int OWN_FAULT = 70;

  public static final String BAD_INPUT_HELP = "2:bad usage or bad input";
  public static final String LIMIT_REACHED_HELP =
      "3:a limit of this machine (memory, disk), or output that cannot be written";

  private ExitCode() {}
}
