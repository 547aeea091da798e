package dev.kretsim.kernel;

/**
 * A task did what the kernel cannot survive in it, such as reading through a bad pointer with
 * nobody to fix that up. The message says what, and where: {@code comm-pid: symbol+0xoffset}.
 */
public final class OopsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what the kernel would have logged
   */
  public OopsException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what the kernel would have logged
   * @param cause the fault that nobody repaired
   */
  public OopsException(String message, Throwable cause) {
    super(message, cause);
  }
}
