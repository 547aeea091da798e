package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what people say of lengths as {@link Distribution} reads it: {@code median 80us, p99 4ms}
 * becomes {@code p50=80us,p99=4ms}, and {@code exponential 2ms} becomes {@code exponential(2ms)}.
 */
final class SpokenLaw {
  private static final String UNIT = "\\s*" + Durations.SPOKEN_UNIT + "(?![a-z])";
  private static final String LENGTH = "[0-9][0-9.]*(?:,[0-9]+)*(?:\\.[0-9]+)?" + UNIT;
  private static final String FACT =
      "(mean|average|avg|median|maximum|max|minimum|min|p[0-9.]+|[0-9.]+\\s?%|[0-9.]+th)"
          + "(?:\\s*[=:]\\s*|\\s+is\\s+|\\s+)("
          + LENGTH
          + ")";
  private static final String BETWEEN = "(?:\\s*[,;]\\s*|\\s+and\\s+|\\s+)";
  private static final Pattern FACTS = pattern(FACT + "(?:" + BETWEEN + FACT + ")*");
  private static final Pattern ONE_FACT = pattern(FACT);
  private static final Pattern ONE_LENGTH = pattern("([0-9.,]+)(" + UNIT + ")");
  private static final Pattern LENGTHS = pattern(LENGTH + "(?:" + BETWEEN + LENGTH + ")*");
  private static final Pattern RANGE =
      pattern(
          "(?:between\\s+|from\\s+)?("
              + LENGTH
              + ")\\s*(?:\\.\\.+|-|\u2013|\\sto\\s|\\sand\\s)\\s*("
              + LENGTH
              + ")");

  /** Two ends, of which the last alone has the unit. */
  private static final Pattern ENDS = pattern("([0-9.]+),([0-9.]+)(" + UNIT + ")");

  private static final Pattern NAMED = pattern("([a-z][a-z_-]*)(?:\\s*\\((.*)\\)|\\s+([^(].*))");

  private SpokenLaw() {}

  private static Pattern pattern(String form) {
    return Pattern.compile(form, Pattern.CASE_INSENSITIVE);
  }

  /**
   * {@return the same law as it is to be written; the text itself where it says nothing known}
   *
   * @param text without blanks around it
   * @throws BadInputException if it is a range, of which nobody said how lengths lie in it
   */
  static String written(String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      throw new BadInputException(
          "%s: how do calls lie in that? uniform(%2$s,%3$s) is evenly, p50=%2$s,p99=%3$s mostly short"
              .formatted(text, plain(range.group(1)), plain(range.group(2))));
    }
    String facts = facts(text);
    if (!facts.isEmpty()) {
      return facts;
    }
    Matcher named = NAMED.matcher(text);
    if (!named.matches() || !Distribution.isName(named.group(1))) {
      return text;
    }
    String inside = named.group(named.group(2) == null ? 3 : 2).strip();
    Matcher ends = RANGE.matcher(inside);
    Matcher evenly = ENDS.matcher(inside);
    if (ends.matches()) {
      inside = plain(ends.group(1)) + "," + plain(ends.group(2));
    } else if (named.group(1).equalsIgnoreCase("uniform") && evenly.matches()) {
      inside = evenly.group(1) + evenly.group(3) + "," + evenly.group(2) + evenly.group(3);
    } else if (!facts(inside).isEmpty()) {
      inside = facts(inside);
    } else if (LENGTHS.matcher(inside).matches()) {
      inside = lengths(inside);
    }
    return named.group(1) + "(" + inside + ")";
  }

  private static String facts(String text) {
    if (!FACTS.matcher(text).matches()) {
      return "";
    }
    StringBuilder facts = new StringBuilder();
    for (Matcher fact = ONE_FACT.matcher(text); fact.find(); ) {
      facts.append(facts.length() == 0 ? "" : ",");
      facts.append(name(fact.group(1))).append('=').append(plain(fact.group(2)));
    }
    return facts.toString();
  }

  private static String lengths(String text) {
    StringBuilder lengths = new StringBuilder();
    for (Matcher length = pattern(LENGTH).matcher(text); length.find(); ) {
      lengths.append(lengths.length() == 0 ? "" : ",").append(plain(length.group()));
    }
    return lengths.toString();
  }

  /** The same length without a comma, as far as it is a number. */
  private static String plain(String length) {
    Matcher parts = ONE_LENGTH.matcher(length);
    return parts.matches() ? Decimal.plain(parts.group(1)) + parts.group(2) : length;
  }

  private static String name(String said) {
    String name = said.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "average", "avg" -> "mean";
      case "median" -> "p50";
      case "maximum" -> "max";
      case "minimum" -> "min";
      default -> Character.isDigit(name.charAt(0)) ? "p" + name.replaceAll("[^0-9.]", "") : name;
    };
  }
}
