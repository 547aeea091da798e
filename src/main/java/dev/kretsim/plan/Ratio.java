package dev.kretsim.plan;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How a share is written in sentences and tables. */
public final class Ratio {
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final int MOST_DIGITS = 6;

  private Ratio() {}

  /**
   * {@return a share that is more than none and less than all}
   *
   * @param option what it is called in the message
   * @param share any
   * @throws BadInputException naming the option, if it is none of these
   */
  public static double between(String option, double share) {
    if (!(share > 0 && share < 1)) {
      throw new BadInputException(option + " must be between 0 and 1, both excluded: " + share);
    }
    return share;
  }

  /**
   * {@return {@code 1 in 10000} where a small share is one of a round number; else as {@link
   * #text}}
   *
   * @param ratio from 0 to 1
   */
  public static String oneIn(double ratio) {
    double times = 1 / ratio;
    long whole = Math.round(times);
    return ratio <= 0.1 && times < 1e12 && Math.abs(times - whole) < 1e-6 * times
        ? "1 in " + whole
        : text(ratio);
  }

  /**
   * {@return both ends of a range, with as many digits as it takes to tell them apart}
   *
   * @param low from 0 to {@code high}
   * @param high from {@code low} to 1
   */
  public static String range(double low, double high) {
    String from = text(low);
    String to = text(high);
    for (int digits = 2; from.equals(to) && low != high && digits <= MOST_DIGITS; digits++) {
      from = precise(low, digits);
      to = precise(high, digits);
    }
    return from.equals(to) ? from : from + " - " + to;
  }

  private static String precise(double ratio, int digits) {
    MathContext precision = new MathContext(digits, RoundingMode.HALF_EVEN);
    BigDecimal rounded = new BigDecimal(ratio).round(precision).stripTrailingZeros();
    return ratio >= SMALLEST_PLAIN ? rounded.toPlainString() : scientific(ratio, digits);
  }

  /** As {@code %e} has it, but without a zero before the exponent, and much sooner. */
  private static String scientific(double ratio, int digits) {
    MathContext precision = new MathContext(digits, RoundingMode.HALF_UP);
    BigDecimal rounded = BigDecimal.valueOf(ratio).round(precision);
    int exponent = rounded.precision() - 1 - rounded.scale();
    BigDecimal mantissa = rounded.movePointLeft(exponent).setScale(digits - 1);
    return mantissa.toPlainString() + "e" + exponent;
  }

  /**
   * {@return {@code 0}, {@code 0.847}, {@code 1} or, below a thousandth, {@code 3.1e-5}}
   *
   * @param ratio from 0 to 1
   */
  public static String text(double ratio) {
    if (ratio == 0 || ratio == 1) {
      return ratio == 0 ? "0" : "1";
    }
    if (ratio >= SMALLEST_PLAIN) {
      return Decimal.fixed(ratio, 3);
    }
    return scientific(ratio, 2).replace(".0e", "e");
  }
}
