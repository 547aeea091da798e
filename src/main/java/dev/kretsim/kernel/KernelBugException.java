package dev.kretsim.kernel;

/** The kernel itself would stop here, at a {@code BUG()}: the message says at which. */
public final class KernelBugException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what the kernel would have logged
   */
  public KernelBugException(String message) {
    super(message);
  }
}
