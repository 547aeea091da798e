package dev.kretsim.arch;

/** An instruction outside the subset that is interpreted; the message names its bytes. */
public final class UnsupportedInstructionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message which instruction, and where
   */
  public UnsupportedInstructionException(String message) {
    super(message);
  }
}
