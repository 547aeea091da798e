package dev.kretsim.kernel;

/**
 * Something the user handed in cannot be used: a file, a line of it, an option's value.
 *
 * <p>The message is one line for the user and complete: what is wrong, where ({@code file:line}
 * where there is one), and what was expected or what to do. The command line prints it as it stands
 * and leaves with exit code 2.
 */
public final class BadInputException extends RuntimeException {
  public BadInputException(String message) {
    super(message);
  }

  /** Bad input at one line of a file, counted from 1. */
  public static BadInputException at(String source, long line, String problem) {
    return new BadInputException(source + ":" + line + ": " + problem);
  }
}
