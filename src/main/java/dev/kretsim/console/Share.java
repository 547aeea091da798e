package dev.kretsim.console;

import dev.kretsim.kernel.BadInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Option values that are a share of a whole. */
public final class Share {
  private static final String NUMBER = "([0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)";
  private static final Pattern FORM =
      Pattern.compile(NUMBER + "\\s*(?:(%|percent)|(?:/|:|in)\\s*" + NUMBER + ")?");

  private Share() {}

  /**
   * Reads {@code 1e-4}, {@code 0.01%}, {@code 1/10000} or {@code 1 in 10000}.
   *
   * @throws BadInputException naming the option, if it is none of these
   */
  public static double of(String option, String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new BadInputException(
          option + " must be a share such as 1e-4, 0.01% or 1/10000: " + text);
    }
    double number = Double.parseDouble(matcher.group(1));
    if (matcher.group(2) != null) {
      return number / 100;
    }
    return matcher.group(3) == null ? number : number / Double.parseDouble(matcher.group(3));
  }

  /** The same, where a number from 1 to below 100 can only be meant in percent: {@code 95}. */
  public static double mostly(String option, String text) {
    double share = of(option, text);
    return share > 1 && share < 100 ? share / 100 : share;
  }
}
