package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signs that a text was pasted, as its beginning shows them.
 *
 * @param any whether it is more than what a tool wrote
 * @param blocks which part of it is the text
 * @param indent so many blanks stand before every line that began a line
 * @param forms what was done to every line
 * @param prefixes what stands before each line
 */
record PasteSigns(
    boolean any, Blocks blocks, int indent, Set<Form> forms, List<LinePrefix> prefixes) {
  /** What can have been done to every line. */
  enum Form {
    /** Lines end in a carriage return alone. */
    RETURNS_ONLY,
    /** It is a mail as sent. */
    QUOTED_PRINTABLE,
    /** The lines of the trace are comments of a script. */
    COMMENTED,
    /** A mail quotes it, and answers may stand between the lines. */
    QUOTED,
    /** A backslash stands before each character that means something to Markdown. */
    MARKDOWN,
    /** Numbers have a comma for a point. */
    DECIMAL_COMMAS,
    /** It is a string of JSON. */
    JSON_STRING,
    /** Several lines stand on one. */
    JOINED,
    /** The same, and of several blanks one is left. */
    FILLED
  }

  /** Which part of a page is the text. */
  enum Blocks {
    /** All of it; tags are none of it. */
    ALL,
    /** What stands between Markdown fences. */
    FENCED,
    /** What stands in {@code <pre>} or {@code <textarea>}. */
    PREFORMATTED,
    /** The trace that systrace and Perfetto keep in a page of their own. */
    TRACE_DATA
  }

  /** How signs look: wanted only where a text is not plainly as its tool wrote it. */
  private static final class Looks {
    private static final Pattern PAGE =
        Pattern.compile("\\s*<(?:!doctype html|html|head|body)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern PRE =
        Pattern.compile("<(?:pre|textarea)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern END_OF_PRE =
        Pattern.compile("</(?:pre|textarea)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern FENCE = Pattern.compile("(?m)^[ >\\t]*(?:```|~~~)[^`\\n]*$");
    private static final Pattern INDENTED =
        Pattern.compile(
            "([ \\t]+)(?:# tracer|cpus=\\d|@\\w*[\\[:]|Attach(?:ing|ed) |Tracing |CPU \\d|version ="
                + " )");
    private static final Pattern DEPTH = Pattern.compile("\\|\\s{3,}[\\w}]");
    private static final Pattern FIRST_LINES = Pattern.compile("[^\\n]*\\S[^\\n]*");

    private Looks() {}
  }

  /** In Markdown. */
  private static final String UNDERSCORE = "\\_";

  private static final int INDENT_WITHIN = 20;

  /** So many bytes tell what stands before each line. */
  private static final int PREFIXED_WITHIN = 8192;

  private static final PasteSigns NONE = new PasteSigns(false, Blocks.ALL, 0, Set.of(), List.of());

  static PasteSigns in(byte[] head, int length, boolean whole) {
    return UntouchedText.is(head, length, whole) ? NONE : lookedFor(head, length, whole);
  }

  /** As above, whatever the text is. */
  static PasteSigns lookedFor(byte[] head, int length, boolean whole) {
    if (isBinary(head, Math.min(length, 512))) {
      return NONE;
    }
    PasteSigns others = others(head, length, whole);
    List<String> lines = others.lines(head, length, whole);
    List<LinePrefix> found = LinePrefix.of(first(lines).stream());
    List<String> plain = lines.stream().map(line -> LinePrefix.without(found, line)).toList();
    boolean joined = JoinedLines.areIn(plain);
    return found.isEmpty() && !joined ? others : others.with(found, joined, plain);
  }

  private PasteSigns with(List<LinePrefix> found, boolean joined, List<String> lines) {
    Set<Form> all = EnumSet.noneOf(Form.class);
    all.addAll(forms);
    if (joined) {
      all.add(Form.JOINED);
      if (lines.stream().noneMatch(Looks.DEPTH.asPredicate())) {
        all.add(Form.FILLED);
      }
    }
    return new PasteSigns(true, blocks, indent, all, found);
  }

  private static List<String> first(List<String> lines) {
    int bytes = 0;
    int count = 0;
    while (count < lines.size() && bytes + lines.get(count).length() < PREFIXED_WITHIN) {
      bytes += lines.get(count++).length() + 1;
    }
    return lines.subList(0, count);
  }

  /** The lines without what these signs tell of. */
  private List<String> lines(byte[] head, int length, boolean whole) {
    String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    if (!whole) {
      text = text.substring(0, Math.max(0, text.lastIndexOf('\n')));
    }
    if (!any) {
      return text.lines().toList();
    }
    PastedLines lines = new PastedLines(this, (reason, number) -> {});
    StringBuilder plain = new StringBuilder();
    text.lines().forEach(line -> lines.add(line, true, plain));
    lines.finish(plain);
    return plain.toString().lines().toList();
  }

  private static PasteSigns others(byte[] head, int length, boolean whole) {
    Set<Form> forms = forms(head, length);
    boolean marked = hasMark(head, length);
    int indent = indent(new String(head, 0, Math.min(length, 8192), StandardCharsets.ISO_8859_1));
    if (!marked && indent == 0 && !forms.contains(Form.RETURNS_ONLY)) {
      boolean any =
          !forms.isEmpty() || WrappedLines.anyIn(head, length) || PromptLines.anyIn(head, length);
      return new PasteSigns(any, Blocks.ALL, 0, forms, List.of());
    }
    String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    if (text.contains(UNDERSCORE)) {
      forms.add(Form.MARKDOWN);
    }
    return new PasteSigns(true, blocks(text, whole), indent, forms, List.of());
  }

  private static Set<Form> forms(byte[] head, int length) {
    Set<Form> forms = EnumSet.noneOf(Form.class);
    if (QuotedPrintable.is(head, length)) {
      forms.add(Form.QUOTED_PRINTABLE);
    }
    if (CommentedLines.areAllIn(head, length)) {
      forms.add(Form.COMMENTED);
    }
    if (QuotedLines.areAllIn(head, length)) {
      forms.add(Form.QUOTED);
    }
    if (returnsOnly(head, length)) {
      forms.add(Form.RETURNS_ONLY);
    }
    if (DecimalCommas.areIn(head, length)) {
      forms.add(Form.DECIMAL_COMMAS);
    }
    if (JsonStrings.areIn(head, length)) {
      forms.add(Form.JSON_STRING);
    }
    return forms;
  }

  private static boolean isBinary(byte[] head, int length) {
    for (int i = 0; i < length; i++) {
      byte b = head[i];
      if (b > 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\b' && b != 7
          && b != 0x1b) {
        return true;
      }
    }
    return length > 1 && head[0] == (byte) 0x89 && head[1] == 'K';
  }

  private static boolean returnsOnly(byte[] head, int length) {
    int returns = 0;
    for (int i = 0; i < length; i++) {
      if (head[i] == '\n') {
        return false;
      }
      returns += head[i] == '\r' ? 1 : 0;
    }
    return returns > 1;
  }

  /** Whether a byte stands where no tool prints it. */
  private static boolean hasMark(byte[] head, int length) {
    boolean atBegin = true;
    for (int i = 0; i < length; i++) {
      byte b = head[i];
      if (b == '\n') {
        atBegin = true;
        continue;
      }
      if (isMark(head, length, i, b) || (atBegin && isMarkAtBegin(head, length, i, b))) {
        return true;
      }
      atBegin &= b == ' ' || b == '\t';
    }
    return false;
  }

  private static boolean isMark(byte[] head, int length, int at, byte b) {
    return switch (b) {
      case 0x1b, '\b', '&', '<', '^', '\r' -> isMark(text(head, length, at), b);
      case '\\' -> text(head, length, at).startsWith(UNDERSCORE);
      default -> b < 0 && Typeset.isAt(head, length, at);
    };
  }

  private static boolean isMark(String text, byte b) {
    return switch (b) {
      case '&' -> HtmlText.startsWithEntity(text);
      case '<' -> HtmlText.startsWithTag(text);
      case '^' -> text.startsWith("^C");
      case '\r' -> !text.startsWith("\r\n") && text.length() > 1;
      default -> true;
    };
  }

  private static boolean isMarkAtBegin(byte[] head, int length, int at, byte b) {
    return b == '>'
        || ((b == '`' || b == '~') && at + 2 < length && head[at + 1] == b && head[at + 2] == b);
  }

  private static String text(byte[] head, int length, int at) {
    return new String(head, at, Math.min(16, length - at), StandardCharsets.ISO_8859_1);
  }

  private static Blocks blocks(String text, boolean whole) {
    if (Looks.PAGE.matcher(text).lookingAt() || HtmlText.has(Looks.PRE, text)) {
      if (text.contains("trace-data")
          || text.contains("linuxPerfData")
          || (!whole && !HtmlText.has(Looks.PRE, text))) {
        return Blocks.TRACE_DATA;
      }
      int begun = HtmlText.count(Looks.PRE, text);
      boolean closed = begun == HtmlText.count(Looks.END_OF_PRE, text) || !whole;
      return begun > 0 && closed ? Blocks.PREFORMATTED : Blocks.ALL;
    }
    int fences = HtmlText.count(Looks.FENCE, text);
    return fences > 0 && fences % 2 == 0 && whole ? Blocks.FENCED : Blocks.ALL;
  }

  /** A header that tools print at the beginning of a line, behind blanks, tells the indent. */
  private static int indent(String text) {
    Matcher line = Looks.FIRST_LINES.matcher(text);
    for (int i = 0; i < INDENT_WITHIN && line.find(); i++) {
      Matcher indented = Looks.INDENTED.matcher(line.group());
      if (indented.lookingAt()) {
        return indented.end(1);
      }
    }
    return 0;
  }
}
