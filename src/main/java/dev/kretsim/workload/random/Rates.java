package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rates as people write them: a number per s, ms, us, min, h or day, or one every so often. */
public final class Rates {
  private static final String NUMBER = "(" + Decimal.SPOKEN + ")";
  private static final String TIMES = "(k|thousand|m|mio|million|g|billion)?";
  private static final String THINGS = "(?:(?:calls?|hits?|events?|times)\\s*)?";
  private static final Pattern FORM =
      Pattern.compile(
          NUMBER
              + "\\s*"
              + TIMES
              + "\\s*"
              + THINGS
              + "(?:(?:/|per|an?|each)\\s*(us|ms|s|secs?|seconds?|min|minutes?|h|hours?|d|days?)"
              + "|hz|rps|qps|cps)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern EVERY =
      Pattern.compile("(?:" + NUMBER + "\\s*" + THINGS + ")?every\\s+(.*)");

  /** Whose only point may be meant to set thousands apart. */
  private static final Pattern TWOFOLD = Pattern.compile("[1-9][0-9]{0,2}\\.[0-9]{3}");

  private static final double SECONDS_PER_DAY = 86_400;
  private static final double HIGHEST = 1e10;

  private Rates() {}

  /**
   * Reads a rate such as {@code 12000/s}, {@code 12k/s}, {@code 1.2M/min}, {@code 1 every 3ms} or
   * {@code 12000}, which is per second.
   *
   * @param text a number and {@code /s}
   * @return events per second, from 0 to 10^10
   * @throws BadInputException if it is none
   */
  public static double parsePerSecond(String text) {
    Matcher every = EVERY.matcher(text.strip());
    Matcher matcher = FORM.matcher(text.strip());
    double rate;
    if (every.matches()) {
      long everyNs = Durations.parseNs(every.group(2));
      if (everyNs == 0) {
        throw new BadInputException("a rate must be one every 1ns or longer: " + text);
      }
      rate = number(every.group(1), text) * 1e9 / everyNs;
    } else if (matcher.matches()) {
      rate = number(matcher.group(1), text) * times(matcher.group(2)) * perSecond(matcher.group(3));
    } else {
      throw refused(text);
    }
    if (rate > HIGHEST) {
      throw new BadInputException("a rate must be at most 10000/us: " + text);
    }
    return rate;
  }

  /**
   * {@return how a rate was read that others might read otherwise, as {@code 12.000/s}; empty for
   * any other}
   *
   * @param text a rate that is one
   */
  public static String doubt(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()
        || matcher.group(2) != null
        || !TWOFOLD.matcher(matcher.group(1)).matches()) {
      return "";
    }
    String digits = matcher.group(1);
    return "the point of "
        + text.strip()
        + " is read as that of decimals; without it, "
        + digits.replace(".", "")
        + " would be meant";
  }

  private static double number(@Nullable String spoken, String whole) {
    try {
      return spoken == null ? 1 : Decimal.parse(Decimal.plain(spoken));
    } catch (BadInputException none) {
      throw refused(whole);
    }
  }

  private static double times(@Nullable String word) {
    if (word == null) {
      return 1;
    }
    return switch (word.toLowerCase(Locale.ROOT).charAt(0)) {
      case 'k', 't' -> 1e3;
      case 'm' -> 1e6;
      default -> 1e9;
    };
  }

  /** What one in such a time is in a second. */
  private static double perSecond(@Nullable String unit) {
    if (unit == null) {
      return 1;
    }
    String time = unit.toLowerCase(Locale.ROOT);
    if (time.startsWith("u")) {
      return 1e6;
    }
    if (time.startsWith("ms")) {
      return 1e3;
    }
    return switch (time.charAt(0)) {
      case 'm' -> 1.0 / 60;
      case 'h' -> 1.0 / 3600;
      case 'd' -> 1 / SECONDS_PER_DAY;
      default -> 1;
    };
  }

  private static BadInputException refused(String text) {
    return new BadInputException(
        "a rate is a number per s, ms, us, min, h or day, such as 12000/s, 12k/s or 1.2M/min: "
            + text);
  }
}
