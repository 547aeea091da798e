package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a trace that a mail quotes, with or without answers between them. */
final class QuotedLines {
  private static final Pattern QUOTE =
      Pattern.compile("[ \\t]{0,8}>(?:[ \\t]{0,3}>)*(?: |(?=\\s*$)|(?=\\S))");
  private static final Pattern NEWLINE = Pattern.compile("\r?\n");
  private static final int LOOKED_AT = 32 * 1024;

  private QuotedLines() {}

  /** Whether a text has such lines and, as far as it is looked at, none that is not quoted. */
  static boolean areAllIn(byte[] text, int length) {
    boolean any = false;
    String head = new String(text, 0, Math.min(length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    if (head.indexOf('>') < 0) {
      return false;
    }
    for (String line : NEWLINE.split(head)) {
      boolean quoted = is(line);
      if (WrappedLines.begins(quoted ? plain(line) : line)) {
        if (!quoted) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  static boolean is(String line) {
    return QUOTE.matcher(line).lookingAt();
  }

  /** A line without what quotes it; any other as it is. */
  static String plain(String line) {
    Matcher quote = QUOTE.matcher(line);
    return quote.lookingAt() ? line.substring(quote.end()) : line;
  }
}
