package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as people write them: a number per s, ms, us, min or h. */
public final class Rates {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9][0-9,_]*(?:\\.[0-9]+)?(?:[eE][0-9]+)?)\\s*([kKMG]?)\\s*(?:(?:/|per)\\s*"
              + "(us|ms|s|sec|second|min|minute|h|hour)|(Hz|hz|rps|qps|cps))?");
  private static final Map<String, Double> PER_SECOND =
      Map.of(
          "us",
          1e6,
          "ms",
          1e3,
          "s",
          1.0,
          "sec",
          1.0,
          "second",
          1.0,
          "min",
          1.0 / 60,
          "minute",
          1.0 / 60,
          "h",
          1.0 / 3600,
          "hour",
          1.0 / 3600);
  private static final Map<String, Double> TIMES = Map.of("k", 1e3, "K", 1e3, "M", 1e6, "G", 1e9);
  private static final double HIGHEST = 1e10;

  private Rates() {}

  /**
   * Reads a rate such as {@code 12000/s}, {@code 12k/s}, {@code 1.2M/min} or {@code 12000}, which
   * is per second.
   *
   * @param text a number and {@code /s}
   * @return events per second, from 0 to 10^10
   * @throws BadInputException if it is none
   */
  public static double parsePerSecond(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new BadInputException(
          "a rate is a number per s, ms, us, min or h, such as 12000/s, 12k/s or 1.2M/min: "
              + text);
    }
    String unit = matcher.group(3);
    double rate =
        new BigDecimal(matcher.group(1).replaceAll("[,_]", "")).doubleValue()
            * TIMES.getOrDefault(matcher.group(2), 1.0)
            * (unit == null ? 1.0 : PER_SECOND.getOrDefault(unit, 1.0));
    if (rate > HIGHEST) {
      throw new BadInputException("a rate must be at most 10000/us: " + text);
    }
    return rate;
  }
}
