package dev.kretsim.trace.histogram;

import dev.kretsim.kernel.BadInputException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the line above a table of bcc says that it counts, such as {@code usecs}, {@code latency
 * (us)} or argdist's {@code $latency/1000}.
 *
 * @param isSure whether it can only be how long calls took, where it is a function's at all
 */
record TableLabel(HoldUnit unit, boolean isSure) {
  private static final Pattern LATENCY = Pattern.compile("\\$latency(?: ?/ ?(\\d+))?");
  private static final Pattern WORD = Pattern.compile("[a-z]+");
  private static final Set<String> OF_HOLDS =
      Set.of(
          "latency",
          "lat",
          "time",
          "duration",
          "hold",
          "elapsed",
          "call",
          "calls",
          "function",
          "in",
          "of",
          "took");
  private static final Set<String> OF_NO_CALL =
      Set.of(
          "per",
          "interval",
          "intervals",
          "between",
          "gap",
          "gaps",
          "age",
          "idle",
          "period",
          "jitter",
          "offset",
          "drift",
          "skew",
          "cpu",
          "runq",
          "rtt",
          "srtt",
          "timeout",
          "timer");

  /**
   * Reads one.
   *
   * @throws BadInputException if it tells no holds
   */
  static TableLabel of(String label) {
    Matcher latency = LATENCY.matcher(label);
    if (latency.matches()) {
      String divisor = latency.group(1);
      return switch (divisor == null ? "1" : divisor) {
        case "1" -> new TableLabel(HoldUnit.NS, true);
        case "1000" -> new TableLabel(HoldUnit.US, true);
        case "1000000" -> new TableLabel(HoldUnit.MS, true);
        default -> throw noHolds(label);
      };
    }
    @Nullable HoldUnit unit = HoldUnit.in(label);
    boolean sure = true;
    Matcher words = WORD.matcher(label.toLowerCase(Locale.ROOT));
    while (words.find()) {
      String word = words.group();
      if (OF_NO_CALL.contains(word)) {
        throw noHolds(label);
      }
      sure &= OF_HOLDS.contains(word) || HoldUnit.in(word) != null;
    }
    if (unit == null) {
      throw noHolds(label);
    }
    return new TableLabel(unit, sure);
  }

  private static BadInputException noHolds(String label) {
    return new BadInputException(
        "a histogram of '"
            + label
            + "' tells no holds; expected nsecs, usecs, msecs or argdist's $latency");
  }
}
