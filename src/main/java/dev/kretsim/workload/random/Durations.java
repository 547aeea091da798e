package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: a number and one of ns, us, ms, s. */
public final class Durations {
  /** A regular expression for all of them. */
  public static final String PATTERN = "([0-9]{1,20}(?:\\.[0-9]{1,20})?)(ns|us|ms|s)";

  private static final Pattern FORM = Pattern.compile(PATTERN);
  private static final Map<String, BigDecimal> NS =
      Map.of(
          "ns", BigDecimal.ONE,
          "us", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(1_000_000_000));
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE / 2);

  private Durations() {}

  /**
   * Reads a duration such as {@code 80us} or {@code 1.5ms}.
   *
   * @param text a number and its unit
   * @return nanoseconds, fractions dropped
   * @throws BadInputException if it is none, or longer than 146 years
   */
  public static long parseNs(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "a duration is a number with ns, us, ms or s, such as 80us: " + text);
    }
    BigDecimal ns =
        new BigDecimal(matcher.group(1))
            .multiply(NS.getOrDefault(matcher.group(2), BigDecimal.ZERO));
    if (ns.compareTo(LONGEST) > 0) {
      throw new BadInputException("a duration must be below 146 years: " + text);
    }
    return ns.longValue();
  }
}
