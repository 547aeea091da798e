package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Characters that editors and pages set in place of plain ones. Texts here are bytes, one a
 * character, so that names in any encoding stay what they are.
 */
final class Typeset {
  /** What is plain, and all that is set for it. */
  private static final String[][] SETS = {
    {" ", "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"},
    {" ", "\u3000"},
    {"", "\u200b\u200c\u200d\u2060\ufeff"},
    {"<-", "\u2190\u21d0\u27f5\u27f8\u2b05"},
    {"->", "\u2192\u21d2\u27f6\u27f9\u2b95"},
    {"-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500"},
    {"...", "\u2026"},
    {"\"", "\u201c\u201d\u201e"},
    {"'", "\u2018\u2019\u201a"},
    {"<", "\u2039\u3008\u27e8"},
    {">", "\u203a\u3009\u27e9"},
    {"|", "\u2502\u2503\u2758"},
  };

  private static final List<String> SET = new ArrayList<>();
  private static final List<String> PLAIN = new ArrayList<>();

  /** The first byte of a plain character as wide as two, which Asian keyboards write. */
  private static final char WIDE = 0xef;

  /** A blank of one byte, as encodings older than UTF-8 have it. */
  private static final char LONE_BLANK = '\u00a0';

  static {
    for (String[] set : SETS) {
      for (char c : set[1].toCharArray()) {
        byte[] bytes = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
        SET.add(new String(bytes, StandardCharsets.ISO_8859_1));
        PLAIN.add(set[0]);
      }
    }
  }

  private Typeset() {}

  /** Whether one of them stands at a position. */
  static boolean isAt(byte[] text, int length, int at) {
    if (isLoneBlank((char) (text[at] & 0xff), at == 0 ? ' ' : (char) (text[at - 1] & 0xff))) {
      return true;
    }
    String here = new String(text, at, Math.min(3, length - at), StandardCharsets.ISO_8859_1);
    return isWide(here, 0) || SET.stream().anyMatch(here::startsWith);
  }

  /** Whether a character of U+FF01 to U+FF5E stands there, which stands for one of ASCII. */
  private static boolean isWide(String text, int at) {
    return at + 2 < text.length() && text.charAt(at) == WIDE && plainOf(text, at) != 0;
  }

  private static char plainOf(String text, int at) {
    int code = ((text.charAt(at + 1) & 0x3f) << 6) | (text.charAt(at + 2) & 0x3f);
    int plain = code - 0xf00 + ' ';
    return plain > ' ' && plain <= '~' ? (char) plain : 0;
  }

  private static String narrow(String line) {
    StringBuilder narrow = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      boolean wide = isWide(line, i);
      narrow.append(wide ? plainOf(line, i) : line.charAt(i));
      i += wide ? 2 : 0;
    }
    return narrow.toString();
  }

  /** Within a character of several bytes it stands behind another that is no ASCII. */
  private static boolean isLoneBlank(char c, char before) {
    return c == LONE_BLANK && (before < 0x80 || before == LONE_BLANK);
  }

  /** A line with plain characters. */
  static String plain(String line) {
    if (line.chars().allMatch(c -> c < 0x80)) {
      return line;
    }
    String text = line.indexOf(WIDE) < 0 ? line : narrow(line);
    for (int i = 0; i < SET.size(); i++) {
      text = text.replace(SET.get(i), PLAIN.get(i));
    }
    if (text.indexOf(LONE_BLANK) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(isLoneBlank(c, i == 0 ? ' ' : text.charAt(i - 1)) ? ' ' : c);
    }
    return plain.toString();
  }
}
