package dev.kretsim.console;

import dev.kretsim.kernel.BadInputException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Option values that are numbers within bounds. */
public final class Bounds {
  private Bounds() {}

  /**
   * The value, if it is within its bounds.
   *
   * @throws BadInputException naming the option and its bounds, if it is not
   */
  public static long within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new BadInputException(
          "%s must be in [%d, %d]: %d".formatted(option, least, most, value));
    }
    return value;
  }

  /** An option that may be absent and is at least 1 otherwise. */
  public static OptionalInt optional(String option, @Nullable Integer value, int most) {
    return value == null
        ? OptionalInt.empty()
        : OptionalInt.of((int) within(option, value, 1, most));
  }
}
