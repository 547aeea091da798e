package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Stamps and durations with a comma where tracers print a point. They are read only if the stamps
 * have one: with six or nine digits behind it, it can be nothing else.
 */
final class DecimalCommas {
  private static final Pattern STAMP =
      Pattern.compile(
          "(?m)^(?:.{0,60}\\[\\d{3,}\\]\\s.{0,12}?|\\s*)\\d+,(?:\\d{6}|\\d{9})(?:: |\\s+\\|)");
  private static final Pattern COMMA =
      Pattern.compile("(?<=\\d),(?=(?:\\d{6}|\\d{9})(?::\\s|\\s+\\|)|\\d{1,3} us\\s)");

  private static final int LOOKED_AT = 32 * 1024;

  private DecimalCommas() {}

  static boolean areIn(byte[] text, int length) {
    String head = new String(text, 0, Math.min(length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    return head.indexOf(',') >= 0 && STAMP.matcher(head).find();
  }

  /** A line with points in place of them. */
  static String plain(String line) {
    return COMMA.matcher(line).replaceAll(".");
  }
}
