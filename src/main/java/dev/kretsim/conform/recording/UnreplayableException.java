package dev.kretsim.conform.recording;

/** A recording asks for what it does not contain itself; the message says what. */
public final class UnreplayableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreplayableException(String message) {
    super(message);
  }
}
