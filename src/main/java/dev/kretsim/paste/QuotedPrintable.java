package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The form in which mails are sent and kept: no line is longer than 76 characters, a longer one
 * goes on in the next behind a {@code =} at its end, and {@code =3D} is a byte by its number.
 */
final class QuotedPrintable {
  private static final Pattern HEADER =
      Pattern.compile(
          "^content-transfer-encoding: *quoted-printable\\s*$",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern NEWLINE = Pattern.compile("\r?\n");
  private static final int LONGEST = 76;
  private static final int LONG = 72;
  private static final int LOOKED_AT = 32 * 1024;

  private QuotedPrintable() {}

  /** Whether a text is in that form: a mail says so, and lines end as only there. */
  static boolean is(byte[] text, int length) {
    String head = new String(text, 0, Math.min(length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    if (HEADER.matcher(head).find()) {
      return true;
    }
    String before = "";
    for (String line : NEWLINE.split(head)) {
      if (before.endsWith("=")
          && before.length() >= LONG
          && before.length() <= LONGEST
          && !line.isEmpty()
          && !WrappedLines.begins(line)) {
        return true;
      }
      before = line;
    }
    return false;
  }

  /** Whether a line goes on in the next one. */
  static boolean goesOn(String line) {
    return line.endsWith("=");
  }

  /** A whole line with the bytes that are given by number. */
  static String plain(String line) {
    if (line.indexOf('=') < 0) {
      return line;
    }
    StringBuilder plain = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      int value = line.charAt(i) == '=' && i + 2 <= line.length() - 1 ? hex(line, i + 1) : -1;
      plain.append(value < 0 ? line.charAt(i) : (char) value);
      i += value < 0 ? 0 : 2;
    }
    return plain.toString();
  }

  private static int hex(String line, int from) {
    int high = Character.digit(line.charAt(from), 16);
    int low = Character.digit(line.charAt(from + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
