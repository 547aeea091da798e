package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: a number and one of ns, us, ms, s. */
public final class Durations {
  /** A regular expression for all of them. */
  public static final String PATTERN = "([0-9]{1,20}(?:\\.[0-9]{1,20})?)(ns|us|ms|s)";

  /** Those, and what else people call the units. */
  static final String SPOKEN_UNIT =
      "(?:n(?:s|secs?|anosec(?:ond)?s?)|(?:u|\u00b5|\u03bc)(?:s|secs?)|microsec(?:ond)?s?"
          + "|m(?:s|secs?|illisec(?:ond)?s?)|s(?:ec(?:ond)?s?)?|min(?:ute)?s?|h(?:ours?)?)";

  private static final Pattern FORM =
      Pattern.compile("(" + Decimal.SPOKEN + ")\\s*(" + SPOKEN_UNIT + ")");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,2})?");
  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);
  private static final Map<String, BigDecimal> NS =
      Map.of(
          "n", BigDecimal.ONE,
          "u", BigDecimal.valueOf(1_000),
          "\u00b5", BigDecimal.valueOf(1_000),
          "\u03bc", BigDecimal.valueOf(1_000),
          "mic", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "mil", BigDecimal.valueOf(1_000_000),
          "s", SECOND,
          "min", SECOND.multiply(BigDecimal.valueOf(60)),
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
    String number = matcher.matches() ? Decimal.plain(matcher.group(1)) : "";
    if (!NUMBER.matcher(number).matches()) {
      throw new BadInputException(
          "a duration is a number with ns, us, ms or s, such as 80us: " + text);
    }
    BigDecimal ns =
        new BigDecimal(number).multiply(NS.getOrDefault(key(matcher.group(2)), BigDecimal.ZERO));
    if (ns.compareTo(LONGEST) > 0) {
      throw new BadInputException("a duration must be below 146 years: " + text);
    }
    return ns.longValue();
  }

  /** The letters that tell a unit from the others. */
  private static String key(String unit) {
    return unit.startsWith("ms")
        ? "ms"
        : unit.startsWith("m") ? unit.substring(0, 3) : unit.substring(0, 1);
  }
}
