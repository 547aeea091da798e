package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a trace that a manual or a script shows as comments: {@code # sh-1 [001] 1.5: ...}. */
final class CommentedLines {
  private static final String EVENT =
      "\\s*\\S.{0,40}?[-\\s]\\d+(?:/\\d+)?\\s+(?:\\([^)]{1,8}\\)\\s+)?\\[\\d+\\]\\s.{0,12}?"
          + "\\d+\\.\\d{3,9}: +\\S+: .*";
  private static final String GRAPH = "\\s*(?:\\d+\\.\\d+\\s+\\|\\s+)?\\d+\\)\\s[^|]*\\|.*";
  private static final String TABLE =
      "\\s*\\w+\\s+: count\\s+distribution.*|\\s*\\d+ +-> +\\d+ +: +\\d.*|\\s*@\\w*(?:\\[.*\\])?: *"
          + "|\\s*[\\[(](?:\\d+[KMGk]?|\\.{3})(?:, (?:\\d+[KMGk]?|\\.{3}))?[\\])] +\\d+ \\|.*";
  private static final String LINE = EVENT + "|" + GRAPH + "|" + TABLE;
  private static final Pattern PLAIN = Pattern.compile(LINE);
  private static final Pattern COMMENT = Pattern.compile("[ \\t]*# ?(" + LINE + ")");
  private static final Pattern NEWLINE = Pattern.compile("\r?\n");
  private static final int LOOKED_AT = 32 * 1024;

  private CommentedLines() {}

  /** Whether a text has such lines and, as far as it is looked at, none that is no comment. */
  static boolean areAllIn(byte[] text, int length) {
    boolean any = false;
    String head = new String(text, 0, Math.min(length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    for (String line : NEWLINE.split(head)) {
      boolean comment = COMMENT.matcher(line).matches();
      if (!comment && PLAIN.matcher(line).matches()) {
        return false;
      }
      any |= comment;
    }
    return any;
  }

  /** Such a line without what makes it a comment; any other as it is. */
  static String plain(String line) {
    Matcher comment = COMMENT.matcher(line);
    return comment.matches() ? comment.group(1) : line;
  }
}
