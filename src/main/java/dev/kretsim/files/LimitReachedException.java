package dev.kretsim.files;

/**
 * A limit of this machine ended the work: a full disk, or an output that could not be written.
 *
 * <p>The message is one line for the user: which limit, and what to do. The command line prints it
 * as it stands and leaves with exit code 3.
 */
public final class LimitReachedException extends RuntimeException {
  public LimitReachedException(String message) {
    super(message);
  }
}
