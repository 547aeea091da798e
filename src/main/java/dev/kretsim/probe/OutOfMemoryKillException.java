package dev.kretsim.probe;

/**
 * What the kernel allocates never stops: kernels whose pools have no upper bound go on until the
 * process that registers is killed for want of memory.
 */
public final class OutOfMemoryKillException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what the kernel would have logged
   */
  public OutOfMemoryKillException(String message) {
    super(message);
  }
}
