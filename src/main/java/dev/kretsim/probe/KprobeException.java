package dev.kretsim.probe;

/** A request about a probe that the kernel would have refused, with the kernel's reason. */
public final class KprobeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Errno errno;

  /**
   * Makes the exception.
   *
   * @param errno what the kernel returns
   * @param message why, for the user
   */
  public KprobeException(Errno errno, String message) {
    super(errno + ": " + message);
    this.errno = errno;
  }

  /** {@return what the kernel returns} */
  public Errno errno() {
    return errno;
  }
}
