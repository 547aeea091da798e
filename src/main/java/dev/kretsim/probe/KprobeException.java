package dev.kretsim.probe;

/** A request about a probe that the kernel would have refused, with the kernel's reason. */
public final class KprobeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Errno errno;

  public KprobeException(Errno errno, String message) {
    super(errno + ": " + message);
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }
}
