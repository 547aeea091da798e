package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as people write them: a number per s, ms, us, min or h. */
public final class Rates {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)/(us|ms|s|min|h)");
  private static final Map<String, Double> PER_SECOND =
      Map.of("us", 1e6, "ms", 1e3, "s", 1.0, "min", 1.0 / 60, "h", 1.0 / 3600);
  private static final double HIGHEST = 1e10;

  private Rates() {}

  /**
   * Reads a rate such as {@code 12000/s}.
   *
   * @param text a number and {@code /s}
   * @return events per second, from 0 to 10^10
   * @throws BadInputException if it is none
   */
  public static double parsePerSecond(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "a rate is a number per s, ms, us, min or h, such as 12000/s: " + text);
    }
    double rate =
        new BigDecimal(matcher.group(1)).doubleValue()
            * PER_SECOND.getOrDefault(matcher.group(2), 1.0);
    if (rate > HIGHEST) {
      throw new BadInputException("a rate must be at most 10000/us: " + text);
    }
    return rate;
  }
}
