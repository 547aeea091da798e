package dev.kretsim.trace.graph;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.NameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What function_graph prints of a call: its duration, then, indented by its depth, {@code f();},
 * <code>f() {</code> or a closing brace. Both ftrace and trace-cmd print it so.
 */
public final class GraphCalls {
  private static final String DURATION = " us";

  /** What kernels put before long durations, some of them without a blank. */
  private static final String MARKS = "+!#*@$";

  /** How many blanks a call stands further in than the one that calls it. */
  private static final int DEPTH = 2;

  private final GraphMatcher matcher;
  private final NameTable functions = new NameTable();

  private boolean sawCall;
  private boolean collapsed;
  private long probeEvents;

  /** What the latest line was, if it was a record. */
  GraphTexts.Kind kind = GraphTexts.Kind.ENTRY;

  /** The function of that line; {@link Line#NONE} where a brace does not name it. */
  int function = Line.NONE;

  public GraphCalls(GraphMatcher matcher) {
    this.matcher = matcher;
  }

  public GraphMatcher matcher() {
    return matcher;
  }

  public NameTable functions() {
    return functions;
  }

  /**
   * Takes in what a line shows.
   *
   * @param durationFrom where the column with the duration begins
   * @param callsFrom where the column with the calls begins
   */
  public LineParser.Verdict parse(
      Line line, int durationFrom, int callsFrom, long timeNs, TaskState task, int context) {
    int from = line.skipBlanks(callsFrom);
    byte first = line.at(from);
    if (first == '}') {
      return parseExit(line, durationFrom, callsFrom, timeNs, task);
    }
    if (first == '/' && line.has("/*", from)) {
      probeEvents += isProbeEvent(line, from) ? 1 : 0;
      return LineParser.Verdict.OTHER;
    }
    int nameEnd = nameEnd(line, from);
    int end = line.trimEnd(from, line.length());
    byte last = line.at(end - 1);
    if (last == '/') {
      int comment = line.indexOf("/*", nameEnd);
      if (comment != Line.NONE && line.has("*/", end - 2)) {
        end = line.trimEnd(from, comment);
        last = line.at(end - 1);
      }
    }
    if (last != ';' && last != '{') {
      last = line.at(endBeforeRemark(line, nameEnd) - 1);
    }
    int bar = line.indexOf('|', nameEnd);
    if (nameEnd == from
        || (last != ';' && last != '{')
        || (bar != Line.NONE && bar < end)
        || line.indexOf('(', nameEnd) == Line.NONE) {
      return LineParser.Verdict.DAMAGED;
    }
    int indent = indent(task, from - callsFrom);
    if (last == '{') {
      kind = GraphTexts.Kind.ENTRY;
      function = functions.numberOf(line, from, nameEnd);
      matcher.take(kind, timeNs, Line.NONE, task, indent, function, context);
      return LineParser.Verdict.RECORD;
    }
    long holdNs = holdNs(line, durationFrom, callsFrom);
    if (holdNs == Line.NONE && durationFrom != callsFrom) {
      return LineParser.Verdict.DAMAGED;
    }
    kind = GraphTexts.Kind.LEAF;
    function = functions.numberOf(line, from, nameEnd);
    matcher.take(kind, timeNs, holdNs, task, indent, function, context);
    return LineParser.Verdict.RECORD;
  }

  private LineParser.Verdict parseExit(
      Line line, int durationFrom, int callsFrom, long timeNs, TaskState task) {
    int from = line.skipBlanks(callsFrom);
    kind = GraphTexts.Kind.RETURN;
    function = Line.NONE;
    int comment = line.skipBlanks(from + 1);
    boolean named = line.has("/*", comment);
    if (comment < line.length() && !named && !isRemark(line, from + 1)) {
      return LineParser.Verdict.DAMAGED;
    }
    if (named) {
      int end = line.indexOf("*/", comment) + 2;
      if (end < 2 || (end < line.trimEnd(comment, line.length()) && !isRemark(line, end))) {
        return LineParser.Verdict.DAMAGED;
      }
      int name = line.skipBlanks(comment + 2);
      int nameEnd = nameEnd(line, name);
      if (nameEnd > name && line.at(name) != '=' && !line.has("ret=", name) && nameEnd <= end - 2) {
        function = functions.numberOf(line, name, nameEnd);
      }
    }
    long holdNs = holdNs(line, durationFrom, callsFrom);
    int indent = indent(task, from - callsFrom);
    matcher.take(
        kind,
        timeNs,
        holdNs,
        task,
        collapsed ? indent - DEPTH : indent,
        function,
        Call.TASK_CONTEXT);
    return LineParser.Verdict.RECORD;
  }

  /** Where a call ends behind which a reader wrote something: {@code f(); <--- here}. */
  private static int endBeforeRemark(Line line, int nameEnd) {
    int leaf = line.indexOf(");", nameEnd);
    int entry = line.indexOf(") {", nameEnd);
    int end = leaf != Line.NONE && (entry == Line.NONE || leaf < entry) ? leaf + 2 : entry + 3;
    return end > nameEnd && isRemark(line, end) ? end : nameEnd;
  }

  /** Whether what stands from there on, behind a blank, is no column of another line. */
  private static boolean isRemark(Line line, int from) {
    return Line.isBlank(line.at(from)) && line.indexOf('|', from) == Line.NONE;
  }

  /** The depth, which is that of the calls before where the blanks that show it are lost. */
  private int indent(TaskState task, int blanks) {
    if (!sawCall) {
      sawCall = true;
      collapsed = blanks == 1;
    }
    return collapsed ? matcher.innermost(task) + DEPTH : blanks;
  }

  /** Whether a page or a mail program made one blank of several. */
  boolean isCollapsed() {
    return collapsed;
  }

  /** What a user should know, one line each. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (matcher.hasOnlyReturns()) {
      remarks.add(
          "remark: there are only returns, each with its duration, as under tracing_thresh: the"
              + " calls that took less are not among those counted");
    } else if (collapsed) {
      remarks.add(
          "warning: the blanks that show how deep a call is are lost: each brace was taken to"
              + " close the latest call of its task");
    }
    double factor = matcher.clock().factor();
    if (factor > 1) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "warning: by their stamps all calls lasted %.1f times as long as their durations say."
                  + " If trace_clock is x86-tsc, stamps are no nanoseconds, and the rate is wrong:"
                  + " record again with: echo mono > trace_clock. If time asleep is left out"
                  + " (nosleep-time), how long calls of more than 0.1 ms took is told by their"
                  + " stamps",
              factor));
    } else if (matcher.asleep() > 0) {
      remarks.add(
          "remark: "
              + matcher.asleep()
              + " calls return later than their durations say, as where time asleep is left out"
              + " (nosleep-time): how long those took is told by their stamps");
    }
    if (probeEvents > 0) {
      remarks.add(
          "warning: "
              + probeEvents
              + " probe events stand as comments between the calls and were left out; to plan from"
              + " those, record them alone: echo nop > current_tracer");
    }
    return remarks;
  }

  /** {@code /* in: (f+0x4/0x90) *}{@code /}. */
  private static boolean isProbeEvent(Line line, int from) {
    int open = line.indexOf(": (", from);
    int plus = open == Line.NONE ? Line.NONE : line.indexOf("+0x", open);
    return plus != Line.NONE && plus < line.tokenEnd(open + 2);
  }

  private static int nameEnd(Line line, int from) {
    int i = from;
    while (i < line.length() && line.at(i) != '(' && !Line.isBlank(line.at(i))) {
      i++;
    }
    return i;
  }

  private static long holdNs(Line line, int durationFrom, int callsFrom) {
    int us = line.indexOf(DURATION, durationFrom);
    if (us == Line.NONE || us > callsFrom) {
      return Line.NONE;
    }
    int from = us;
    while (from > durationFrom && (Line.isDigit(line.at(from - 1)) || line.at(from - 1) == '.')) {
      from--;
    }
    byte before = line.at(from - 1);
    return from == durationFrom || Line.isBlank(before) || MARKS.indexOf(before) >= 0
        ? line.microsecondsAsNs(from, us)
        : Line.NONE;
  }

  /** Whether nothing but a call stands there: {@code f();} or <code>f() {</code>. */
  boolean isPlainCall(Line line, int callsFrom) {
    int from = line.skipBlanks(callsFrom);
    int to = from;
    while (Character.isLetterOrDigit(line.at(to)) || line.at(to) == '_' || line.at(to) == '.') {
      to++;
    }
    return to > from && line.at(to) == '(' && line.at(to + 1) == ')' && isCall(line, callsFrom);
  }

  /** Whether the column with the calls looks like one. */
  boolean isCall(Line line, int callsFrom) {
    int from = line.skipBlanks(callsFrom);
    byte last = line.at(line.trimEnd(from, line.length()) - 1);
    return line.at(from) == '}'
        || last == '/'
        || (line.indexOf('(', from) != Line.NONE && (last == ';' || last == '{'));
  }
}
