package dev.kretsim.paste;

import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines on which several of a trace stand: a mail program filled a paragraph with them, or a tool
 * set two traces side by side.
 */
final class JoinedLines {
  private static final String STAMP = "\\d\\.\\d{6,9}(?::\\s| +\\| )";
  private static final String MARKED = "(?:[!+#*$@] ?)?\\s*\\d+\\.\\d+ us";

  /** What stands before the event, or the columns before the call. */
  private static final String HEAD =
      "(?:[^\\s|]{1,32}-\\d+\\s+(?:\\([^)]{1,8}\\)\\s+)?\\[\\d{3,}\\]\\s+(?:\\S{4,8}\\s+)?\\d+\\."
          + "\\d{6,9}:(?:\\s|$)"
          + "|[^\\s|]{1,16}\\s+\\d+(?:/\\d+)?\\s+\\[\\d{3,}\\]\\s+\\d+\\.\\d{6,9}:\\s"
          + "|\\d+\\.\\d{6,9} +\\| +(?:\\d+\\)|\\S{1,16}-\\d+ )"
          + "|\\d+\\)(?:\\s+\\S{1,16}-\\d+\\s+\\|)?\\s+(?:"
          + MARKED
          + "\\s+)?\\|\\s)";

  /** Blanks, and perhaps the mark of a quote, before one in the middle of a line. */
  private static final Pattern IN_LINE =
      Pattern.compile("(?<=\\S)(\\s+)([|<>]?)\\s*(?=(" + HEAD + "))");

  private static final Pattern TWO_STAMPS = Pattern.compile(STAMP + ".*?" + STAMP);
  private static final Pattern ENDED = Pattern.compile("[;{}/]\\s+(?:> ?)?\\S");
  private static final Pattern FIRST_STAMP = Pattern.compile(STAMP);

  /** What stands above a trace, and not a record that somebody made a comment. */
  private static final Pattern HEADER =
      Pattern.compile("\\s*(?:#.*(?:tracer:|TIMESTAMP|FUNCTION|DURATION|\\|).*|cpus=\\d+)\\s*");

  private static final Pattern CPU = Pattern.compile("\\d+\\)");

  /** No line is as short that holds two. */
  private static final int SHORTEST = 40;

  private static final int LONGEST = 128 * 1024;

  private JoinedLines() {}

  /** Whether one is among them. */
  static boolean areIn(List<String> lines) {
    return lines.stream().anyMatch(line -> mayBeOne(line) && parts(line, false).size() > 1);
  }

  private static boolean mayBeOne(String line) {
    return line.length() >= SHORTEST
        && line.length() <= LONGEST
        && (TWO_STAMPS.matcher(line).find()
            || ENDED.matcher(line).find()
            || (isMaybeHeader(line) && FIRST_STAMP.matcher(line).find()));
  }

  /**
   * The lines that stand on one.
   *
   * @throws BadInputException when they are of two traces side by side
   */
  static List<String> split(String line) {
    return mayBeOne(line) ? parts(line, true) : List.of(line);
  }

  private static List<String> parts(String line, boolean ofOneTrace) {
    List<String> lines = new ArrayList<>();
    Matcher next = IN_LINE.matcher(line);
    int from = 0;
    while (next.find()) {
      String before = line.substring(from, next.start());
      if (!isOne(before, next.group(3))) {
        continue;
      }
      if (ofOneTrace && isSideBySide(next) && !HEADER.matcher(before).matches()) {
        throw new BadInputException(
            "two traces side by side; give each as a file of its own (such as cut -c1-80)");
      }
      lines.add(before);
      from = next.end();
    }
    lines.add(line.substring(from));
    return lines;
  }

  private static boolean isMaybeHeader(String line) {
    return line.startsWith("#") || line.startsWith("cpus=");
  }

  /** A call is over before a CPU, and any line with a stamp before another stamp. */
  private static boolean isOne(String text, String head) {
    boolean call =
        text.endsWith(";") || text.endsWith("{") || text.endsWith("}") || text.endsWith("*/");
    if (HEADER.matcher(text).matches()) {
      return true;
    }
    boolean whole = text.indexOf('(') >= 0 || text.indexOf('|') >= 0;
    return (call && whole) || (!CPU.matcher(head).lookingAt() && FIRST_STAMP.matcher(text).find());
  }

  private static boolean isSideBySide(Matcher between) {
    String mark = between.group(2);
    return mark.equals("|") || (!mark.isEmpty() && between.group(1).length() > 1);
  }
}
