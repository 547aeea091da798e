package dev.kretsim.kernel;

/** The kernel itself would stop here, at a {@code BUG()}: the message says at which. */
public final class KernelBugException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KernelBugException(String message) {
    super(message);
  }
}
