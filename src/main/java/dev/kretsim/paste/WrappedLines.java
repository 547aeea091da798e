package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Lines of a trace that a terminal or a mail program broke in two or more: the first part is not
 * complete, and the next line begins like none of a trace.
 */
final class WrappedLines {
  private static final String EVENT = "\\s*\\S.{0,40}?-\\d+\\s+(?:\\([^)]{1,8}\\)\\s+)?\\[\\d+\\]";
  private static final String PERF = "\\s*\\S.{0,40}?\\s\\d+(?:/\\d+)?\\s+\\[\\d+\\]";
  private static final String GRAPH =
      "\\s*(?:\\d+\\.\\d+\\s+\\|\\s+)?\\d+\\)\\s|\\s*\\d+\\.\\d+\\s+\\|";
  private static final Pattern OF_EVENT = Pattern.compile("(?:" + EVENT + "|" + PERF + ").*");
  private static final Pattern OF_GRAPH = Pattern.compile("(?:" + GRAPH + ").*\\|.*");
  private static final Pattern BEGINNING =
      Pattern.compile(
          EVENT
              + "|"
              + PERF
              + "|"
              + GRAPH
              + "|\\s*(?:#|=>|-----|@|cpus=|CPU|Tracing|Attach|Function ="
              + " |\\{\"|\\[|[0-9a-f]{6,16}\\s|\\d+ +(?:->|:)|```)");
  private static final Pattern EVENT_BEGINNING = Pattern.compile(EVENT + "|" + PERF);
  private static final Pattern ARGUMENT = Pattern.compile("\\s*\\w*=\\S");
  private static final Pattern ADDRESS = Pattern.compile("\\((?:[0-9a-f]+ <- )?[0-9a-f]{1,15}$");
  private static final Pattern ADDRESS_ENDS = Pattern.compile("[0-9a-f]{1,15}(?:\\)| <-)");

  /** A line of which nothing behind the stamp is left, however short it is. */
  private static final Pattern STAMPED =
      Pattern.compile("(?:" + EVENT + "|" + PERF + ")\\s+(?:\\S{1,8}\\s+)?\\d+\\.\\d{6,9}:");

  private static final Pattern STAMP = Pattern.compile("\\d+\\.\\d{6,9}:");
  private static final Pattern EVENT_CUT = Pattern.compile("\\d\\.\\d{6,9}:\\s+\\S+$");
  private static final Pattern NEWLINE = Pattern.compile("\n");
  private static final int SHORTEST = 40;
  private static final int LOOKED_AT = 32 * 1024;
  private static final int MOST_PARTS = 4;

  private WrappedLines() {}

  static int mostParts() {
    return MOST_PARTS;
  }

  /** Whether a line begins like one of a trace. */
  static boolean begins(String line) {
    return BEGINNING.matcher(line).lookingAt();
  }

  /** Whether the next line goes on where this one was broken off. */
  static boolean goesOn(String line, String next) {
    if (next.isBlank() || beginsAnother(line, next)) {
      return false;
    }
    return isOpen(line)
        || (next.startsWith("/*") && OF_GRAPH.matcher(line).matches())
        || (ARGUMENT.matcher(next).lookingAt() && OF_EVENT.matcher(line.stripTrailing()).matches());
  }

  /** An argument that was broken off, such as {@code 0) ret=1}, looks like a line of a graph. */
  private static boolean beginsAnother(String line, String next) {
    boolean inBrackets = opened(line) > 0 && OF_EVENT.matcher(line.stripTrailing()).matches();
    return (inBrackets ? EVENT_BEGINNING : BEGINNING).matcher(next).lookingAt();
  }

  private static boolean isOpen(String line) {
    String text = line.stripTrailing();
    if (STAMPED.matcher(text).matches()) {
      return true;
    }
    if (text.length() < SHORTEST || text.length() > 1000) {
      return false;
    }
    if (OF_GRAPH.matcher(text).matches() || text.contains(": funcgraph_e")) {
      char last = text.charAt(text.length() - 1);
      return ";{}/".indexOf(last) < 0 || opened(text) > 0;
    }
    if (text.endsWith(":")
        || EVENT_CUT.matcher(text).find()
        || opened(text) > 0
        || !STAMP.matcher(text).find()) {
      return OF_EVENT.matcher(text).matches();
    }
    return false;
  }

  private static int opened(String text) {
    int opened = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      opened += c == '(' ? 1 : c == ')' && opened > 0 ? -1 : 0;
    }
    return opened;
  }

  /**
   * The two parts as one. Mail programs break at a blank and drop it, terminals break anywhere: a
   * blank is put where only one can have been.
   */
  static String joined(String line, String next) {
    String before = line.stripTrailing();
    String after = next.strip();
    boolean kept =
        before.length() < line.length() || after.length() < next.stripTrailing().length();
    if (ADDRESS.matcher(before).find() && ADDRESS_ENDS.matcher(after).lookingAt()) {
      return before + after;
    }
    if (before.endsWith("|")) {
      return before + depth(line, next) + after;
    }
    return before + (kept || wantsBlank(before, after) ? " " : "") + after;
  }

  /** The blanks that show how deep a call is, of which a mail program dropped one. */
  private static String depth(String line, String next) {
    int blanks = line.length() - line.stripTrailing().length();
    blanks += next.length() - next.stripLeading().length();
    return " ".repeat(Math.max(2, blanks + blanks % 2));
  }

  private static boolean wantsBlank(String before, String after) {
    char last = before.charAt(before.length() - 1);
    char first = after.charAt(0);
    if (last == ':') {
      return Character.isDigit(before.charAt(before.length() - 2)) || first == '(';
    }
    return before.endsWith("<-")
        || last == ']'
        || last == ','
        || last == '*'
        || (last == ')' && ";),".indexOf(first) < 0)
        || first == '<'
        || first == '|'
        || first == '['
        || first == '{'
        || first == '}'
        || after.startsWith("us ")
        || after.startsWith("/*")
        || after.startsWith("*/");
  }

  /** Whether a line among the first of these goes on in the next. */
  static boolean anyIn(byte[] text, int length) {
    String before = "";
    String head = new String(text, 0, Math.min(length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    for (String line : NEWLINE.split(head)) {
      if ((before.length() >= SHORTEST || before.stripTrailing().endsWith(":"))
          && !before.startsWith("#")
          && goesOn(before, line)) {
        return true;
      }
      before = line;
    }
    return false;
  }
}
