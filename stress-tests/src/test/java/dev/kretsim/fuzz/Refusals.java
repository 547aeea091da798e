package dev.kretsim.fuzz;

import dev.kretsim.kernel.BadInputException;

/** What a refusal must be like: it becomes one line. */
final class Refusals {
  private Refusals() {}

  static void check(BadInputException refused) {
    String message = String.valueOf(refused.getMessage());
    if (message.isBlank() || message.equals("null")) {
      throw new AssertionError("a refusal that says nothing: " + message, refused);
    }
  }
}
