package dev.kretsim.paste;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What log collectors and other tools put before every line of a text that went through them. */
enum LinePrefix {
  /** {@code Nov 29 08:00:00 host app[12]: }, with or without the host. */
  SYSLOG(
      "(?:<\\d{1,3}>)?(?:1 )?" + Dates.DATE + "(?: [\\w.-]+)? [\\w./@()-]+(?:\\[\\d+\\])?:(?: |$)",
      Law.MOST),
  /** {@code 2026-11-29T08:00:00.5Z }, {@code [08:00:00] } and the like. */
  DATE("\\[?" + Dates.DATE + "\\]?:?(?:[ \\t]|$)(?:std(?:out|err) [FP](?: |$))?", Law.MOST),
  /** {@code [ 12.345678] } and {@code <4>[ 12.345678][ T1] }, of the kernel's log. */
  KERNEL_LOG("(?:<\\d{1,3}>)?\\[ *\\d+\\.\\d{6}\\](?:\\[ *[TC]\\d+\\])?(?: |$)", Law.MOST),
  /** {@code 6,1234,5678901,-;}, of the kernel's log as its device gives it. */
  KERNEL_RECORD("\\d+,\\d+,\\d+,[^;]{1,40};", Law.MOST),
  /** <code>{"log":"LINE\n","stream":"stdout"}</code>, of containers' logs. */
  RECORD(
      "\\{(?:[^{}]{0,500},)? ?\"(?:log|message|msg|MESSAGE)\" ?: ?\""
          + "((?:[^\"\\\\]++|\\\\.)*+)\"[^{}]*\\}",
      Law.MOST) {
    @Override
    String text(Matcher whole, String line) {
      return whole
          .group(1)
          .replaceFirst("(?:\\\\n)+$", "")
          .replace("\\n", "\n")
          .replace("\\t", "\t")
          .replace("\\u003c", "<")
          .replace("\\u003e", ">")
          .replace("\\u0026", "&")
          .replaceAll("\\\\([\"\\\\/])", "$1");
    }
  },
  /** {@code [pod/tracer/main] } and {@code tracer_1 | }. */
  CONTAINER("(?:\\[[a-z][\\w.-]*/[\\w./-]+\\]|[A-Za-z][\\w.-]* +\\|)(?: |$)", Law.SAME),
  /** {@code trace.txt:12:}, {@code trace.txt-12-} and {@code 12:}. */
  FOUND_AT("(?:[\\w./+~-]*[A-Za-z/][\\w./+~-]*[:-]| *)(\\d{1,9})[:-]", Law.RISING),
  /** {@code trace.txt:}. */
  FILE("[\\w./+~-]*[A-Za-z/][\\w./+~-]*:", Law.SAME),
  /** {@code 12 } with blanks or a tab behind it, or a bar. */
  NUMBER(" *(\\d{1,9})(?!\\s*(?:->?|:)\\s)(?:\\t| ?\\| ?|  ?|$)", Law.RISING),
  /** {@code +}, of a patch that adds the text. */
  ADDED("\\+", Law.SAME),
  /** {@code | }, {@code // }, {@code * } and {@code : }, of other ways to quote. */
  MARGIN("(?:\\||//| ?\\*|;+|:)(?: |$)", Law.SAME);

  /** How the prefixes of the lines of one text hang together. */
  private enum Law {
    /** Few lines are without. */
    MOST,
    /** Every line has the same. */
    SAME,
    /** Every line has one, and their numbers rise. */
    RISING
  }

  private static final class Dates {
    private static final String DAY =
        "[A-Z][a-z]{2} [ \\d]?\\d(?: \\d{4})?|\\d\\d? [A-Z][a-z]{2} \\d{4}"
            + "|\\d{4}[-/]\\d\\d[-/]\\d\\d";
    private static final String DATE =
        "(?:(?:[A-Z][a-z]{2},? )?(?:"
            + DAY
            + ")[ T])?\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: ?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?"
            + "(?: \\d{4}(?=\\]| ))?";
  }

  private static final double MOST_LINES = 0.8;
  private static final int FEWEST = 3;
  private static final int DEEPEST = 3;

  /** Between the lines, and of none: what a patch and a search put there. */
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?:diff |index |new file |--- |\\+\\+\\+ |@@ ).*|--|-- .*|#\\+(?i:begin|end)_.*");

  /** What somebody writes above and below a text, or a part of it. */
  private static final Pattern TEXT =
      Pattern.compile("(?!.*\\d\\.\\d{6})[A-Za-z(\"'-][^#|@\\[\\]{}=<>/]*");

  private final Pattern pattern;
  private final Law law;

  LinePrefix(String pattern, Law law) {
    this.pattern = Pattern.compile(pattern);
    this.law = law;
  }

  /** The prefixes that the lines of a text have, the first one first. */
  static List<LinePrefix> of(Stream<String> text) {
    List<LinePrefix> found = new ArrayList<>();
    List<String> lines =
        text.filter(line -> !line.isBlank() && !BETWEEN.matcher(line).matches()).toList();
    @Nullable LinePrefix next = first(lines);
    if (next == null) {
      List<String> inside = withoutText(lines);
      next = inside.size() < lines.size() ? first(inside) : null;
      lines = inside;
    }
    while (next != null && found.size() < DEEPEST) {
      found.add(next);
      lines = lines.stream().map(next::without).toList();
      next = first(lines);
    }
    return found;
  }

  private static List<String> withoutText(List<String> lines) {
    int from = 0;
    int to = lines.size();
    while (from < to && TEXT.matcher(lines.get(from)).matches()) {
      from++;
    }
    while (from < to && TEXT.matcher(lines.get(to - 1)).matches()) {
      to--;
    }
    return lines.subList(from, to);
  }

  private static @Nullable LinePrefix first(List<String> lines) {
    return lines.size() < FEWEST
        ? null
        : Stream.of(values()).filter(prefix -> prefix.isIn(lines)).findFirst().orElse(null);
  }

  private boolean isIn(List<String> lines) {
    int with = 0;
    long before = -1;
    String same = "";
    for (String line : lines) {
      Matcher prefix = pattern.matcher(line);
      if (!prefix.lookingAt()) {
        if (law != Law.MOST) {
          return false;
        }
        continue;
      }
      with++;
      if (law == Law.RISING) {
        long number = Long.parseLong(prefix.group(1));
        if (number <= before) {
          return false;
        }
        before = number;
      } else if (law == Law.SAME) {
        String now = prefix.group().strip();
        if (!same.isEmpty() && !same.equals(now)) {
          return false;
        }
        same = now;
      }
    }
    return with >= MOST_LINES * lines.size();
  }

  /** A line without any of them. */
  static String without(List<LinePrefix> prefixes, String line) {
    String text = line;
    for (LinePrefix prefix : prefixes) {
      text = prefix.without(text);
    }
    return text;
  }

  /** A line without its prefix; as it is if it has none. */
  String without(String line) {
    Matcher prefix = pattern.matcher(line);
    return prefix.lookingAt() ? text(prefix, line) : line;
  }

  String text(Matcher prefix, String line) {
    return line.substring(prefix.end());
  }
}
