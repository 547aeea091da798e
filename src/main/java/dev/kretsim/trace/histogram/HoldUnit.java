package dev.kretsim.trace.histogram;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The units in which tools count holds, as labels and names tell them. */
enum HoldUnit {
  NS(1, "ns nsec nsecs nanosec nanosecs nanoseconds"),
  US(1_000, "us usec usecs microsec microsecs microseconds"),
  MS(1_000_000, "ms msec msecs millisec millisecs milliseconds"),
  S(1_000_000_000, "s sec secs seconds");

  private static final Pattern WORD = Pattern.compile("[a-z]+");

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
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    @Nullable HoldUnit found = null;
    while (words.find()) {
      for (HoldUnit unit : values()) {
        found = unit.isNamed(words.group()) ? unit : found;
      }
    }
    return found;
  }
}
