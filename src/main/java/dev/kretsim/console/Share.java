package dev.kretsim.console;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Option values that are a share of a whole. */
public final class Share {
  /** How people say it, if not as a plain number. */
  private static final class Spoken {
    private static final String NUMBER =
        "((?:\\.[0-9]+|" + Decimal.SPOKEN + ")(?:[eE][-+]?[0-9]+)?)";
    private static final String TIMES = "(k|thousand|m|million|billion)?";
    private static final Pattern FORM =
        Pattern.compile(
            NUMBER
                + "\\s*(?:(%|percent|permille|ppm)|(?:/|:|in|of|out of|per)\\s*"
                + NUMBER
                + "\\s*"
                + TIMES
                + ")?",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, Double> PARTS =
        Map.of("%", 1e2, "percent", 1e2, "permille", 1e3, "ppm", 1e6);
    private static final Map<String, Double> MANY =
        Map.of("k", 1e3, "thousand", 1e3, "m", 1e6, "million", 1e6, "billion", 1e9);

    private Spoken() {}
  }

  private static final int LONGEST_PLAIN = 8;

  /** Whoever says more means the calls that are seen. */
  private static final double MOST_PERCENT = 50;

  private Share() {}

  /**
   * Reads {@code 1e-4}, {@code 0.01%}, {@code 100ppm}, {@code 1/10000} or {@code 1 in 10k}.
   *
   * @throws BadInputException naming the option, if it is none of these
   */
  public static double of(String option, String text) {
    if (isPlain(text)) {
      return Double.parseDouble(text);
    }
    String figures = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\b(one|an?)\\b", "1");
    Matcher matcher = Spoken.FORM.matcher(figures);
    if (!matcher.matches()) {
      throw refused(option, text);
    }
    double number = number(option, matcher.group(1), text);
    if (matcher.group(2) != null) {
      return number / Spoken.PARTS.getOrDefault(matcher.group(2), 1.0);
    }
    return matcher.group(3) == null
        ? number
        : number
            / number(option, matcher.group(3), text)
            / Spoken.MANY.getOrDefault(String.valueOf(matcher.group(4)), 1.0);
  }

  /** Whether it is such as {@code 0.95} or {@code 1e-4}, to see which no pattern is needed. */
  private static boolean isPlain(String text) {
    int end = digitsTo(text, 0);
    boolean plain = end > 0 && text.length() <= LONGEST_PLAIN;
    if (text.startsWith(".", end)) {
      int from = end + 1;
      end = digitsTo(text, from);
      plain &= end > from;
    }
    if (text.startsWith("e", end)) {
      int from = text.startsWith("-", end + 1) ? end + 2 : end + 1;
      end = digitsTo(text, from);
      plain &= end > from;
    }
    return plain && end == text.length();
  }

  private static int digitsTo(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static double number(String option, String figures, String text) {
    try {
      String whole = figures.startsWith(".") ? "0" + figures : figures;
      return Decimal.parse(Decimal.plain(whole));
    } catch (BadInputException none) {
      throw refused(option, text);
    }
  }

  private static BadInputException refused(String option, String text) {
    return new BadInputException(
        option + " must be a share such as 1e-4, 0.01% or 1/10000: " + text);
  }

  /**
   * The share of calls that may be missed, of which people sometimes name the rest.
   *
   * @throws BadInputException naming the option, if it is no share, or none, or most in percent
   */
  public static double missed(String option, String text) {
    double share = of(option, text);
    if (share == 0) {
      throw new BadInputException(
          option
              + " must be above 0: no record can promise that none will ever be missed; 1e-6 is one"
              + " in a million");
    }
    double percent = text.contains("%") ? 100 * share : share;
    if (percent > MOST_PERCENT && percent < 100) {
      throw new BadInputException(
          "%s is the share of calls that may be missed: %s; to see so many, say %s%%"
              .formatted(option, text.strip(), rest(percent)));
    }
    return share;
  }

  private static String rest(double percent) {
    return BigDecimal.valueOf(100 - percent)
        .round(new MathContext(6, RoundingMode.HALF_EVEN))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The same, where a number from 1 to below 100 can only be meant in percent: {@code 95}. */
  public static double mostly(String option, String text) {
    double share = of(option, text);
    return share > 1 && share < 100 ? share / 100 : share;
  }
}
