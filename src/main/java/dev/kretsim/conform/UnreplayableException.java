package dev.kretsim.conform;

/** A recording asks for what it does not contain itself; the message says what. */
final class UnreplayableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreplayableException(String message) {
    super(message);
  }
}
