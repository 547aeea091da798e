package dev.kretsim.trace.histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bpftrace program that printed some maps, where its text stands above them: it tells better
 * than a map's name what was measured, in which unit, and what the keys are.
 */
final class BpftraceProgram {
  /**
   * How a map is filled.
   *
   * @param value what is put into it, with the variables in it replaced by what they were set to
   * @param keys what its keys are; empty if it has none
   * @param function the only function that the probe is at; null if there are others, or none
   * @param ofProgram whether the probe is in a program or library
   */
  record Filling(String value, List<String> keys, @Nullable String function, boolean ofProgram) {
    private static final Pattern TIME = Pattern.compile("\\b(?:nsecs|elapsed)\\b");
    private static final Pattern DIVIDED =
        Pattern.compile("/\\s*(?:(\\d[\\d_]{0,17})|1e(\\d))\\b|/\\s*([^\\s\\d/*])");
    private static final Pattern UNKNOWN = Pattern.compile("[?@]");

    /** Whether it is seen to be a time. */
    boolean isTime() {
      return TIME.matcher(value).find() && divisor() != 0;
    }

    /** Whether it is seen to be none. */
    boolean isNoTime() {
      boolean time = TIME.matcher(value).find();
      return time ? divisor() == 0 : !UNKNOWN.matcher(value).find();
    }

    /** The unit of a time; null if that is not seen. */
    @Nullable HoldUnit unit() {
      for (HoldUnit unit : HoldUnit.values()) {
        if (isTime() && unit.toNs(1) == divisor()) {
          return unit;
        }
      }
      return null;
    }

    /** What the time is divided by; -1 if that is not seen, and 0 if it is no number. */
    private long divisor() {
      if (value.indexOf('*') >= 0 || value.indexOf('%') >= 0) {
        return -1;
      }
      long product = 1;
      Matcher divided = DIVIDED.matcher(value);
      while (divided.find()) {
        if (divided.group(3) != null) {
          return divided.group(3).equals("(") ? -1 : 0;
        }
        product *=
            divided.group(1) != null
                ? Long.parseLong(divided.group(1).replace("_", ""))
                : (long) Math.pow(10, Integer.parseInt(divided.group(2)));
      }
      return product;
    }

    /** Which of the keys is the function's name; -1 if none is. */
    int nameAt() {
      int at = keys.indexOf("func");
      return at >= 0 ? at : keys.indexOf("probe");
    }
  }

  private static final int LONGEST = 64 * 1024;
  private static final Pattern COMMAND =
      Pattern.compile("(?:[#$].*)?\\bbpftrace\\b.*|sudo .*\\bbpftrace\\b.*|#!.*");
  private static final Pattern PROBE =
      Pattern.compile(
          "\\b(?:(kretprobe|kr|fexit|kretfunc|fr|kprobe|k|fentry|kfunc|f|tracepoint|t|rawtracepoint"
              + "|rt|interval|i|profile|p|software|s|hardware|h):([^\\s,{/'\"]+)"
              + "|(uretprobe|ur|uprobe|u|usdt|U):[^\\s,{'\"]+|BEGIN\\b|END\\b)");
  private static final Pattern HIST = Pattern.compile("\\s*=\\s*(?:l?hist|quantize)\\(");
  private static final Pattern RETURN = Pattern.compile("kretprobe|kr|fexit|kretfunc|fr");
  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z_]\\w*");
  private static final Pattern SYMBOL = Pattern.compile("(?:\\w+:)?([A-Za-z_][\\w.]*)");

  private final StringBuilder text = new StringBuilder();

  /** Takes in a line that is no part of a table. */
  void note(String line) {
    if (COMMAND.matcher(line).matches()) {
      text.setLength(0);
    }
    if (text.length() + line.length() < LONGEST) {
      text.append(line).append('\n');
    }
  }

  /** How the program fills a map; null if that is not told. */
  @Nullable Filling of(String map) {
    Matcher filled = Pattern.compile("@" + map + "(?:\\[|(?!\\w))").matcher(text);
    int from = 0;
    while (filled.find(from)) {
      from = filled.end();
      int at = filled.end();
      String keys = "";
      if (text.charAt(at - 1) == '[') {
        keys = enclosed(at, '[', ']');
        at += keys.length() + 1;
      }
      Matcher call = HIST.matcher(text).region(Math.min(at, text.length()), text.length());
      if (call.lookingAt()) {
        String arguments = enclosed(call.end(), '(', ')');
        List<String> parts = apart(arguments);
        String value = parts.isEmpty() ? "" : resolved(parts.get(0), filled.start());
        return new Filling(value, apart(keys), function(filled.start()), ofProgram(filled.start()));
      }
    }
    return null;
  }

  /** What stands from there to the bracket that closes it. */
  private String enclosed(int from, char open, char close) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == open ? 1 : c == close ? -1 : 0;
      if (depth == 0) {
        return text.substring(from, i);
      }
    }
    return text.substring(from);
  }

  /** Cuts at the commas that stand in no brackets. */
  private static List<String> apart(String list) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= list.length(); i++) {
      char c = i == list.length() ? ',' : list.charAt(i);
      depth += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 ? -1 : 0;
      if ((c == ',' && depth == 0) || i == list.length()) {
        parts.add(list.substring(from, i).strip());
        from = i + 1;
      }
    }
    return list.isBlank() ? List.of() : parts;
  }

  /** The expression with what each variable in it was last set to. */
  private String resolved(String expression, int before) {
    String known = expression;
    for (int i = 0; i < 4; i++) {
      Matcher variable = VARIABLE.matcher(known);
      StringBuilder next = new StringBuilder();
      while (variable.find()) {
        String set = setTo(variable.group(), before);
        variable.appendReplacement(
            next, Matcher.quoteReplacement(set == null ? "?" : "(" + set + ")"));
      }
      variable.appendTail(next);
      known = next.toString();
    }
    return known;
  }

  private @Nullable String setTo(String variable, int before) {
    Matcher set =
        Pattern.compile(Pattern.quote(variable) + "\\s*=\\s*([^;=}][^;}]*)")
            .matcher(text)
            .region(0, before);
    String last = null;
    while (set.find()) {
      last = set.group(1);
    }
    return last;
  }

  private boolean ofProgram(int before) {
    Matcher probe = PROBE.matcher(text).region(0, before);
    boolean program = false;
    while (probe.find()) {
      program = probe.group(3) != null;
    }
    return program;
  }

  private @Nullable String function(int before) {
    Matcher probe = PROBE.matcher(text).region(0, before);
    int end = -1;
    String function = null;
    boolean one = false;
    while (probe.find()) {
      boolean listed = end >= 0 && text.substring(end, probe.start()).matches("[\\s,]+");
      Matcher symbol = SYMBOL.matcher(String.valueOf(probe.group(2)));
      boolean named = RETURN.matcher(String.valueOf(probe.group(1))).matches() && symbol.matches();
      String found = named ? symbol.group(1) : null;
      one = found != null && (!listed || (one && found.equals(function)));
      function = found;
      end = probe.end();
    }
    return one ? function : null;
  }
}
