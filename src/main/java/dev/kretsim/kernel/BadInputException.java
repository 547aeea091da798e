package dev.kretsim.kernel;

/**
 * Something the user handed in cannot be used: a file, a line of it, an option's value.
 *
 * <p>The message is one line for the user and complete: what is wrong, where ({@code file:line}
 * where there is one), and what was expected or what to do. The command line prints it as it stands
 * and leaves with exit code 2.
 */
public final class BadInputException extends RuntimeException {
  /**
   * Makes the exception.
   *
   * @param message one line for the user: what is wrong, where, and what to do
   */
  public BadInputException(String message) {
    super(message);
  }

  /**
   * {@return an exception for bad input at one line of a file}
   *
   * @param source the file, as the user named it
   * @param line counted from 1
   * @param problem what is wrong there
   */
  public static BadInputException at(String source, long line, String problem) {
    return new BadInputException(source + ":" + line + ": " + problem);
  }
}
