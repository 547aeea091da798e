package dev.kretsim.fleet.simulate;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Lengths;
import dev.kretsim.workload.random.RandomStream;
import dev.kretsim.workload.random.Rates;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How numbers that are no lengths of time spread over hosts: written as a law of lengths is, with a
 * rate or a count wherever that has a duration.
 */
public final class SpreadOfRates {
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<=[(=,]|^)\\s*([0-9][0-9_.]*(?:[eE][0-9]+)?\\s*[kKMG]?)(\\s*/\\s*[a-z]+)?\\s*(?=[,)]|$)");

  /** Parameters without a unit. */
  private static final Pattern BARE = Pattern.compile("(?:sigma|shape|k|cv2)\\s*=\\s*$");

  /** A length of time, which neither a rate nor a count is. */
  private static final Pattern LENGTH =
      Pattern.compile("[0-9]\\s*(?:[num\u00b5]?s|min|h|d)\\s*(?=[,)]|$)");

  private static final String NEITHER = "expected a number or a law of them, such as ";

  /** A rate of one a second stands as a length of so many ns. */
  private static final double NS_FOR_ONE = 1000;

  private final String text;
  private final Distribution law;

  private SpreadOfRates(String text, Distribution law) {
    this.text = text;
    this.law = law;
  }

  /**
   * Of rates, such as {@code lognormal(p50=2k/s,p99=20k/s)} or {@code 500/s}.
   *
   * @param option for messages
   * @throws BadInputException if it is none
   */
  public static SpreadOfRates ofRates(String option, String text) {
    return parse(option, text, NEITHER + "lognormal(p50=2k/s,p99=20k/s)");
  }

  /**
   * Of counts, such as {@code uniform(min=8,max=64)} or {@code 64}.
   *
   * @param option for messages
   * @throws BadInputException if it is none, or one of rates
   */
  public static SpreadOfRates ofCounts(String option, String text) {
    String expected = NEITHER + "uniform(min=8,max=64)";
    if (text.contains("/")) {
      throw new BadInputException(
          "%s %s: is a rate, and no count; %s".formatted(option, text, expected));
    }
    return parse(option, text, expected);
  }

  private static SpreadOfRates parse(String option, String text, String expected) {
    if (LENGTH.matcher(text).find()) {
      throw new BadInputException("%s %s: is a time; %s".formatted(option, text, expected));
    }
    Matcher value = VALUE.matcher(text);
    StringBuilder lengths = new StringBuilder();
    while (value.find()) {
      boolean bare = BARE.matcher(text.substring(0, value.start())).find();
      value.appendReplacement(
          lengths, bare ? Matcher.quoteReplacement(value.group()) : length(value.group().strip()));
    }
    value.appendTail(lengths);
    try {
      return new SpreadOfRates(text.strip(), Distribution.parse(lengths.toString().strip()));
    } catch (BadInputException e) {
      throw new BadInputException(
          "%s %s: %s%s".formatted(option, text, wrong(String.valueOf(e.getMessage())), expected));
    }
  }

  /** What is wrong with a law, without its numbers: they stand there as lengths. */
  private static String wrong(String message) {
    int end = message.lastIndexOf(": ");
    return end < 0 || message.contains("duration") ? "" : message.substring(0, end) + "; ";
  }

  private static String length(String rate) {
    double perSecond = Rates.parsePerSecond(rate);
    return BigDecimal.valueOf(perSecond * NS_FOR_ONE).toPlainString() + "ns";
  }

  double mean() {
    return law.meanNs() / NS_FOR_ONE;
  }

  /** Draws one value after the other. */
  Lengths sampler(RandomStream random) {
    Lengths lengths = law.exactSampler(random);
    return () -> lengths.getAsDouble() / NS_FOR_ONE;
  }

  @Override
  public String toString() {
    return text;
  }
}
