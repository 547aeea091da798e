package dev.kretsim.trace.histogram;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The units in which tools count holds, as labels and names tell them. */
enum HoldUnit {
  NS(1, "ns nsec nsecs nanosec nanosecs nanoseconds nanos"),
  US(1_000, "us usec usecs microsec microsecs microseconds micros"),
  MS(1_000_000, "ms msec msecs millisec millisecs milliseconds millis"),
  S(1_000_000_000, "s sec secs seconds");

  private static final Pattern WORD = Pattern.compile("[a-z]+");

  /** The letters for micro, also where their two bytes were read as two letters. */
  private static final Pattern MICRO = Pattern.compile("\u00c2?\u00b5|\u00ce\u00bc|\u03bc");

  /** Where a heading names a unit, in brackets or behind "in". */
  private static final Pattern IN_HEADING =
      Pattern.compile("[(\\[](?:in )?([a-z]+)[)\\]]|\\bin ([a-z]{2,})\\b");

  private final long ns;
  private final String words;

  HoldUnit(long ns, String words) {
    this.ns = ns;
    this.words = " " + words + " ";
  }

  /** So many of the unit in ns; at most {@link Long#MAX_VALUE}. */
  long toNs(long number) {
    return number > Long.MAX_VALUE / ns ? Long.MAX_VALUE : number * ns;
  }

  boolean isNamed(String word) {
    return words.contains(" " + word + " ");
  }

  /** The unit that a text names as a word of its own; null if it names none. */
  static @Nullable HoldUnit in(String text) {
    Matcher words = WORD.matcher(lowerCase(text));
    @Nullable HoldUnit found = null;
    while (words.find()) {
      for (HoldUnit unit : values()) {
        found = unit.isNamed(words.group()) ? unit : found;
      }
    }
    return found;
  }

  /**
   * The unit that a line above a table names, such as {@code latency (us)}; null if it does not.
   */
  static @Nullable HoldUnit ofHeading(String line) {
    Matcher named = IN_HEADING.matcher(lowerCase(line));
    @Nullable HoldUnit found = null;
    while (found == null && named.find()) {
      found = in(named.group(1) != null ? named.group(1) : named.group(2));
    }
    return found;
  }

  private static String lowerCase(String text) {
    return MICRO.matcher(text).replaceAll("u").toLowerCase(Locale.ROOT);
  }
}
