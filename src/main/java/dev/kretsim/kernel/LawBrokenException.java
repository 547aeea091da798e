package dev.kretsim.kernel;

/** A law of the machine does not hold: kretsim itself is wrong, or was told to be. */
public final class LawBrokenException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * @param message the law, and the numbers that break it
   */
  public LawBrokenException(String message) {
    super(message);
  }
}
