package dev.kretsim.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Numbers as people write them: decimal digits, and neither {@code 0x1p3} nor {@code NaN}. */
public final class Decimal {
  private static final Pattern FORM =
      Pattern.compile("[-+]?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][-+]?[0-9]{1,4})?");

  private static final Pattern THOUSANDS =
      Pattern.compile("[1-9][0-9]{0,2}(,[0-9]{3})+(\\.[0-9]+)?");
  private static final Pattern THOUSANDS_BY_POINT =
      Pattern.compile("[1-9][0-9]{0,2}(\\.[0-9]{3})+(,[0-9]+)|[1-9][0-9]{0,2}(\\.[0-9]{3}){2,}");
  private static final Pattern COMMA = Pattern.compile("[0-9]+,[0-9]+([eE][-+]?[0-9]+)?");

  /**
   * A regular expression for what {@link #plain} takes: digits, with blanks, commas or points
   * between them.
   */
  public static final String SPOKEN =
      "(?:[0-9][0-9,._]*(?: [0-9]{3}(?![0-9]))*(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?)";

  private Decimal() {}

  /**
   * A number as people write it elsewhere, with decimals after a comma or with thousands set apart:
   * {@code 1,5} is {@code 1.5}, and {@code 12,000}, {@code 12 000} and {@code 1.200.000} are whole.
   * A single point is always that of decimals.
   *
   * @param text digits with commas, points, blanks or underscores
   * @return the same for {@link #parse}, which still has to say whether it is a number
   */
  public static String plain(String text) {
    String number = text.replaceAll("[_ ]", "");
    if (THOUSANDS.matcher(number).matches()) {
      return number.replace(",", "");
    }
    if (THOUSANDS_BY_POINT.matcher(number).matches()) {
      return number.replace(".", "").replace(',', '.');
    }
    return COMMA.matcher(number).matches() ? number.replace(',', '.') : number;
  }

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
    boolean bounded = least > Integer.MIN_VALUE || most < Integer.MAX_VALUE;
    throw new BadInputException(
        "expected a whole number"
            + (bounded ? " from " + least + " to " + most : "")
            + ": "
            + text);
  }

  /**
   * {@return a number with so many decimals, as {@code %.2f} prints it, without the locales that
   * are loaded for that and take longer than a small trace}
   *
   * @param value any; one that is no finite number is written as Java does
   * @param decimals how many, from 0
   */
  public static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString()
        : Double.toString(value);
  }
}
