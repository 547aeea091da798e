package dev.kretsim.report;

import java.util.Locale;

/** Text of unknown origin, such as a function's name in a trace, as it may go to a terminal. */
public final class Printable {
  private Printable() {}

  /** The text with its control characters escaped; all others stay as they are. */
  public static String of(String text) {
    if (isSafe(text)) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        safe.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  private static boolean isSafe(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
