package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Text that a program kept as a string of JSON, or of its own source: {@code "out": "first
 * line\nsecond line\n"}. A string without a newline in it is none of the text.
 */
final class JsonStrings {
  private static final Pattern BEGINNING = Pattern.compile("\\s*[\\[{\"].*", Pattern.DOTALL);
  private static final Pattern LINES =
      Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\[^n\\n])*+\\\\n(?:[^\"\\\\\\n]|\\\\[^n\\n])++\\\\n");

  /** What bpftrace prints as JSON, and what is read as that. */
  private static final Pattern MAPS = Pattern.compile("\"type\": ?\"(?:l?hist|map|stats|attached)");

  private static final int LONGEST_LINE = 128 * 1024;

  private final StringBuilder line = new StringBuilder();
  private boolean inString;
  private boolean ofSeveral;
  private boolean escaped;
  private int hexDigits;
  private int code;

  /** Whether a text has such a string among the first of it. */
  static boolean areIn(byte[] text, int length) {
    if (length == 0 || text[0] == '#') {
      return false;
    }
    String head = new String(text, 0, length, StandardCharsets.ISO_8859_1);
    return BEGINNING.matcher(head).matches()
        && LINES.matcher(head).find()
        && !MAPS.matcher(head).find();
  }

  /**
   * Takes in a part of the text.
   *
   * @param text a line of it, or as much of a long one as was read
   * @param lines gets each line of a string that has several
   */
  void add(String text, Consumer<String> lines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (hexDigits > 0) {
        hexDigits--;
        code = code * 16 + Math.max(0, Character.digit(c, 16));
        if (hexDigits == 0) {
          line.append(
              new String(
                  Character.toString(code).getBytes(StandardCharsets.UTF_8),
                  StandardCharsets.ISO_8859_1));
        }
      } else if (escaped) {
        escaped = false;
        addEscaped(c, lines);
      } else if (c == '"') {
        end(lines);
        inString = !inString;
      } else if (inString && c == '\\') {
        escaped = true;
      } else if (inString && line.length() < LONGEST_LINE) {
        line.append(c);
      }
    }
  }

  private void addEscaped(char c, Consumer<String> lines) {
    switch (c) {
      case 'n' -> {
        ofSeveral = true;
        lines.accept(line.toString());
        line.setLength(0);
      }
      case 't' -> line.append('\t');
      case 'r' -> line.append('\r');
      case 'u' -> {
        hexDigits = 4;
        code = 0;
      }
      default -> line.append(c);
    }
  }

  private void end(Consumer<String> lines) {
    if (inString && ofSeveral && line.length() > 0) {
      lines.accept(line.toString());
    }
    line.setLength(0);
    ofSeveral = false;
  }
}
