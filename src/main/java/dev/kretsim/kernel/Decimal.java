package dev.kretsim.kernel;

import java.util.regex.Pattern;

/** Numbers as people write them: decimal digits, and neither {@code 0x1p3} nor {@code NaN}. */
public final class Decimal {
  private static final Pattern FORM =
      Pattern.compile("[-+]?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][-+]?[0-9]{1,4})?");

  private Decimal() {}

  /**
   * Reads a number.
   *
   * @param text what the user wrote, without blanks around it
   * @return a finite number
   * @throws BadInputException if it is none
   */
  public static double parse(String text) {
    double value = FORM.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new BadInputException("expected a plain number such as 0.5 or 1e-4: " + text);
    }
    return value;
  }

  /**
   * Reads a whole number.
   *
   * @param text what the user wrote, without blanks around it
   * @param least the smallest that is allowed
   * @param most the largest that is allowed
   * @return a number from {@code least} to {@code most}
   * @throws BadInputException if it is none, or out of these bounds
   */
  public static long parseWhole(String text, long least, long most) {
    try {
      if (text.matches("[-+]?[0-9]{1,19}")) {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return value;
        }
      }
    } catch (NumberFormatException tooLarge) {
      // the message below names the bounds
    }
    throw new BadInputException(
        "expected a whole number from " + least + " to " + most + ": " + text);
  }
}
