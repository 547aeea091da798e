package dev.kretsim.paste;

import dev.kretsim.paste.PasteSigns.Form;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cleans the lines of a pasted text one after the other. */
final class PastedLines {
  private static final Pattern CONTROL =
      Pattern.compile(
          "\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)|[()][A-Z0-9]|.)");
  private static final Pattern FENCE = Pattern.compile("[ \\t]*(?:```|~~~)(.*)");
  private static final Pattern FENCE_BEHIND = Pattern.compile("(?:```|~~~)[ \\t]*$");
  private static final Pattern KEYS =
      Pattern.compile("^(?:\\s*\\^[A-Z\\\\])+\\s?|\\s*(?:\\^[CZ\\\\])+$");
  private static final Pattern BLOCK_BEGIN =
      Pattern.compile("<(?:pre|textarea)\\b[^<>]*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern BLOCK_END =
      Pattern.compile("</(?:pre|textarea)>", Pattern.CASE_INSENSITIVE);
  private static final Pattern TRACE_BEGIN =
      Pattern.compile("<script\\b[^<>]*trace-data[^<>]*>|linuxPerfData *= *\"\\\\?");
  private static final Pattern TRACE_END = Pattern.compile("</script>|^\\s*\";\\s*$");

  /** What Markdown would take for its own. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\([_*<>\\[\\]()#+|`~{}.!-])");

  private static final Pattern DEPTH = Pattern.compile("\\|\\s+(?=\\S)");
  private static final int LONGEST_MAIL_LINE = 8192;
  private static final String SCRIPT_NEWLINE = "\\n\\";

  private final PasteSigns signs;
  private final ObjLongConsumer<String> leftOut;
  private boolean inBlock;
  private String held = "";
  private int parts;
  private boolean terminated = true;
  private long number;

  /** What of a line of a mail came so far, and on how many lines. */
  private final StringBuilder soft = new StringBuilder();

  private int softLines;
  private final JsonStrings json = new JsonStrings();

  PastedLines(PasteSigns signs, ObjLongConsumer<String> leftOut) {
    this.signs = signs;
    this.leftOut = leftOut;
  }

  /**
   * Takes the next line in.
   *
   * @param ended whether a newline followed on it
   * @param text gets what is ready
   */
  void add(String line, boolean ended, StringBuilder text) {
    number++;
    String cut = line;
    while (cut.endsWith("\r")) {
      cut = cut.substring(0, cut.length() - 1);
    }
    terminated = ended;
    if (has(Form.QUOTED_PRINTABLE)) {
      if (ended && QuotedPrintable.goesOn(cut) && soft.length() < LONGEST_MAIL_LINE) {
        soft.append(cut, 0, cut.length() - 1);
        softLines++;
        return;
      }
      cut = QuotedPrintable.plain(soft.append(cut).toString());
      soft.setLength(0);
    }
    if (has(Form.RETURNS_ONLY)) {
      cut = cut.replace('\r', '\n');
    }
    if (has(Form.JSON_STRING)) {
      json.add(cut, one -> takeAll(one, text));
    } else {
      takeAll(cut, text);
    }
    for (; softLines > 0; softLines--) {
      release(text);
      text.append('\n');
    }
  }

  private boolean has(Form form) {
    return signs.forms().contains(form);
  }

  private void takeAll(String line, StringBuilder text) {
    for (String part : clean(line).split("\n", -1)) {
      for (String one : has(Form.JOINED) ? JoinedLines.split(part) : List.of(part)) {
        take(one, text);
      }
    }
  }

  private void take(String line, StringBuilder text) {
    if (parts > 0 && parts < WrappedLines.mostParts() && WrappedLines.goesOn(held, line)) {
      held = WrappedLines.joined(held, line);
      parts++;
      return;
    }
    release(text);
    held = line;
    parts = 1;
  }

  private void release(StringBuilder text) {
    if (parts > 0) {
      text.append(has(Form.FILLED) ? DEPTH.matcher(held).replaceAll("| ") : held)
          .append("\n".repeat(parts));
    }
    parts = 0;
  }

  /** There are no more lines. */
  void finish(StringBuilder text) {
    if (soft.length() > 0) {
      take(clean(QuotedPrintable.plain(soft.toString())), text);
    }
    boolean cut = !terminated && !held.isEmpty();
    release(text);
    if (cut && text.length() > 0) {
      text.setLength(text.length() - 1);
    }
  }

  private String clean(String line) {
    String text = inBlocks(withoutControls(line));
    if (signs.blocks() != PasteSigns.Blocks.TRACE_DATA) {
      text = HtmlText.plain(text);
    }
    text = Typeset.plain(text);
    if (has(Form.QUOTED) && isAnswer(text)) {
      return leave(text, "text around the pasted part");
    }
    text = QuotedLines.plain(text);
    boolean fenced = signs.blocks() == PasteSigns.Blocks.FENCED;
    Matcher fence = FENCE.matcher(text);
    if (fence.matches()) {
      inBlock ^= fenced;
      text = fence.group(1);
      if (!WrappedLines.begins(text)) {
        return "";
      }
    }
    if (fenced && !inBlock) {
      return leave(text, "text around the pasted part");
    }
    if (text.endsWith("```")) {
      text = FENCE_BEHIND.matcher(text).replaceFirst("");
      inBlock &= !fenced;
    }
    if (has(Form.MARKDOWN)) {
      text = ESCAPED.matcher(text).replaceAll("$1");
    }
    text = LinePrefix.without(signs.prefixes(), text);
    if (has(Form.COMMENTED)) {
      text = CommentedLines.plain(text);
    }
    if (has(Form.DECIMAL_COMMAS)) {
      text = DecimalCommas.plain(text);
    }
    text = withoutIndent(text);
    if (text.indexOf('^') >= 0) {
      text = KEYS.matcher(text).replaceAll("");
    }
    if (!PromptLines.is(text)) {
      return text;
    }
    leave(text, "a shell's prompt");
    return PromptLines.asComment(text);
  }

  /** Whether a line stands between quoted ones and is none of them, nor the rest of one. */
  private boolean isAnswer(String line) {
    return !QuotedLines.is(line)
        && !WrappedLines.begins(line)
        && (parts == 0 || !WrappedLines.goesOn(held, line));
  }

  private String leave(String text, String reason) {
    if (!text.isBlank()) {
      leftOut.accept(reason, number);
    }
    return "";
  }

  private static String withoutControls(String line) {
    String text = line.indexOf(0x1b) < 0 ? line : CONTROL.matcher(line).replaceAll("");
    if (text.indexOf('\b') >= 0) {
      StringBuilder typed = new StringBuilder();
      for (char c : text.toCharArray()) {
        if (c != '\b') {
          typed.append(c);
        } else if (typed.length() > 0) {
          typed.setLength(typed.length() - 1);
        }
      }
      text = typed.toString();
    }
    // A program that overwrites its line leaves what it wrote last.
    return text.indexOf('\r') < 0 ? text : text.substring(text.lastIndexOf('\r') + 1);
  }

  private String withoutIndent(String line) {
    int blanks = 0;
    while (blanks < Math.min(signs.indent(), line.length())
        && (line.charAt(blanks) == ' ' || line.charAt(blanks) == '\t')) {
      blanks++;
    }
    return line.substring(blanks);
  }

  private String inBlocks(String line) {
    return switch (signs.blocks()) {
      case PREFORMATTED -> inBlocks(line, BLOCK_BEGIN, BLOCK_END);
      case TRACE_DATA -> {
        String text = inBlocks(line, TRACE_BEGIN, TRACE_END);
        yield text.endsWith(SCRIPT_NEWLINE)
            ? text.substring(0, text.length() - SCRIPT_NEWLINE.length())
            : text;
      }
      default -> line;
    };
  }

  private String inBlocks(String line, Pattern begin, Pattern end) {
    String text = line;
    if (!inBlock) {
      Matcher begun = begin.matcher(text);
      if (!begun.find()) {
        return leave(text, "the page around the trace");
      }
      inBlock = true;
      text = text.substring(begun.end());
    }
    Matcher ended = end.matcher(text);
    if (ended.find()) {
      inBlock = false;
      return text.substring(0, ended.start());
    }
    return text;
  }
}
