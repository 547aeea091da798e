package dev.kretsim.plan;

import dev.kretsim.kernel.BadInputException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many times the load shall fit.
 *
 * <p>However it is said, the grown load is as many independent copies of the present one: so many
 * times the calls, each as long, in bursts as tall beside each other. Callers that wait for their
 * calls come to that by as many times the threads.
 *
 * @param factor from 1 to {@value #MOST}
 * @param byThreads whether the threads were said to grow, not the rate
 */
public record Growth(double factor, boolean byThreads) {
  /** The load as it is. */
  public static final Growth NONE = new Growth(1, false);

  private static final double MOST = 1000;
  private static final String FORM =
      "(?:(rate|threads)\\s*[:=]?\\s*)?(\\+)?x?([0-9.]+(?:e[0-9]+)?)\\s*(x|%|times)?"
          + "(?:\\s*(?:the\\s+)?(rate|threads|calls))?";
  private static final Map<String, String> WORDS =
      Map.of("double", "2x", "twice", "2x", "triple", "3x", "thrice", "3x");

  /**
   * Checks the factor.
   *
   * @param factor from 1 to {@value #MOST}
   * @param byThreads whether the threads were said to grow, not the rate
   * @throws BadInputException if the factor is out of range
   */
  public Growth {
    if (!(factor >= 1 && factor <= MOST)) {
      throw new BadInputException("--growth must be from 1x to " + (int) MOST + "x: " + factor);
    }
  }

  /**
   * Reads {@code 2x}, {@code 2}, {@code 200%}, {@code +50%}, {@code rate:2x} or {@code threads:2x}.
   *
   * @param text what the user typed
   * @return the growth that it says
   * @throws BadInputException if it is none of these, or too much
   */
  public static Growth parse(String text) {
    String said = text.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = Pattern.compile(FORM).matcher(WORDS.getOrDefault(said, said));
    if (matcher.matches()) {
      try {
        double number = Double.parseDouble(matcher.group(3));
        double times = "%".equals(matcher.group(4)) ? number / 100 : number;
        if (times < 1 && "%".equals(matcher.group(4)) && matcher.group(2) == null) {
          throw new BadInputException(
              "--growth must be from 1x to 1000x: " + text + "; for so much more, say +" + said);
        }
        return new Growth(
            matcher.group(2) == null ? times : 1 + times,
            "threads".equals(matcher.group(1)) || "threads".equals(matcher.group(5)));
      } catch (NumberFormatException notOne) {
        // told below
      }
    }
    throw new BadInputException(
        "--growth must be a factor such as 2x (twice the rate), +50% or threads:2x: " + text);
  }

  /** {@return the factor in digits, such as {@code 1.5}} */
  public String times() {
    return BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString();
  }

  /** {@return whether there is any growth} */
  public boolean isGiven() {
    return factor > 1;
  }

  /**
   * {@return how the load grows, in words: {@code 2 times the calls} or {@code 2 times the
   * threads}}
   */
  public String inWords() {
    return times() + (byThreads ? " times the threads" : " times the calls, each as long");
  }
}
