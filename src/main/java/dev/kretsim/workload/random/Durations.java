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

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]+(?:\\.[0-9]+)?)\\s*(ns|nsec|us|\u00b5s|\u03bcs|usec|ms|msec|s|sec|min|h)");
  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);
  private static final Map<String, BigDecimal> NS =
      Map.of(
          "n", BigDecimal.ONE,
          "u", BigDecimal.valueOf(1_000),
          "\u00b5", BigDecimal.valueOf(1_000),
          "\u03bc", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", SECOND,
          "mi", SECOND.multiply(BigDecimal.valueOf(60)),
          "h", SECOND.multiply(BigDecimal.valueOf(3600)));
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
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new BadInputException(
          "a duration is a number with ns, us, ms or s, such as 80us: " + text);
    }
    BigDecimal ns =
        new BigDecimal(matcher.group(1))
            .multiply(NS.getOrDefault(key(matcher.group(2)), BigDecimal.ZERO));
    if (ns.compareTo(LONGEST) > 0) {
      throw new BadInputException("a duration must be below 146 years: " + text);
    }
    return ns.longValue();
  }

  /** The letters that tell a unit from the others. */
  private static String key(String unit) {
    return unit.startsWith("m") ? unit.substring(0, 2) : unit.substring(0, 1);
  }
}
