package dev.kretsim.trace;

import dev.kretsim.kernel.BadInputException;
import java.util.Arrays;

/**
 * Text of the function_graph tracer with absolute time and task: {@code TIME | CPU) TASK-PID |
 * DURATION | calls}. The indentation of a call is its depth.
 */
final class GraphParser implements LineParser {
  private static final String IRQ_BEGINS = "==========>";
  private static final String IRQ_ENDS = "<==========";
  private static final int HARD_IRQ_LEVEL = 2;
  private static final int LEVELS = 4;

  private final GraphMatcher matcher;
  private final NameTable functions = new NameTable();
  private int[] openIrqs = new int[8];
  private int highestCpu;

  /** Whether a line had all columns: from then on a line without is damaged, not another format. */
  private boolean sawColumns;

  private long timeNs;
  private int cpu;
  private long pid;
  private int durationFrom;
  private int callsFrom;

  GraphParser(GraphMatcher matcher) {
    this.matcher = matcher;
  }

  @Override
  public Verdict parse(Line line) {
    int first = line.skipBlanks(0);
    if (line.at(first) == '-' || line.contains("=>")) {
      return line.contains(IRQ_BEGINS) ? parseIrq(line, 1) : Verdict.OTHER;
    }
    if (line.contains(IRQ_ENDS)) {
      return parseIrq(line, -1);
    }
    if (!readColumns(line, first)) {
      return Verdict.DAMAGED;
    }
    sawColumns = true;
    return parseCall(line);
  }

  private Verdict parseIrq(Line line, int change) {
    int brace = line.indexOf(") ", 0);
    int from = brace;
    while (from > 0 && Line.isDigit(line.at(from - 1))) {
      from--;
    }
    if (!readCpu(line, from, brace)) {
      return Verdict.DAMAGED;
    }
    openIrqs[cpu] = Math.max(0, openIrqs[cpu] + change);
    return Verdict.OTHER;
  }

  private boolean readColumns(Line line, int first) {
    int timeEnd = line.indexOf('|', 0);
    int brace = line.indexOf(") ", first);
    if (timeEnd == Line.NONE || brace == Line.NONE) {
      return false;
    }
    if (!sawColumns && brace < timeEnd && line.skipDigits(first) == brace) {
      throw new BadInputException(
          "function_graph without absolute time; record with:"
              + " echo 1 > options/funcgraph-abstime; echo 1 > options/funcgraph-proc");
    }
    timeNs = line.secondsAsNs(first, line.trimEnd(first, timeEnd));
    int cpuFrom = line.skipBlanks(timeEnd + 1);
    int taskEnd = line.indexOf('|', cpuFrom);
    if (timeNs == Line.NONE || taskEnd == Line.NONE || !readCpu(line, cpuFrom, brace)) {
      return false;
    }
    return readPid(line, brace + 1, taskEnd) && findCalls(line, taskEnd + 1);
  }

  private boolean readCpu(Line line, int from, int to) {
    long number = to - from <= 5 ? line.number(from, to) : Line.NONE;
    if (number == Line.NONE) {
      return false;
    }
    cpu = (int) number;
    if (cpu >= openIrqs.length) {
      openIrqs = Arrays.copyOf(openIrqs, 2 * cpu);
    }
    highestCpu = Math.max(highestCpu, cpu);
    return true;
  }

  private boolean readPid(Line line, int from, int to) {
    int end = line.trimEnd(from, to);
    int digits = end;
    while (digits > from && Line.isDigit(line.at(digits - 1))) {
      digits--;
    }
    pid = line.number(digits, end);
    if (pid == Line.NONE || line.at(digits - 1) != '-') {
      if (!sawColumns && (end == from || line.has("us", end - 2))) {
        throw new BadInputException(
            "function_graph without the task; record with: echo 1 > options/funcgraph-proc");
      }
      return false;
    }
    return true;
  }

  private boolean findCalls(Line line, int from) {
    durationFrom = from;
    int bar = line.indexOf('|', from);
    if (bar == Line.NONE) {
      return false;
    }
    boolean flags = line.trimEnd(from, bar) > line.skipBlanks(from) && !isDuration(line, bar);
    if (flags) {
      durationFrom = bar + 1;
      bar = line.indexOf('|', bar + 1);
    }
    callsFrom = bar + 1;
    return bar != Line.NONE;
  }

  private static boolean isDuration(Line line, int bar) {
    int end = line.trimEnd(0, bar);
    return line.has("us", end - 2);
  }

  private Verdict parseCall(Line line) {
    int from = line.skipBlanks(callsFrom);
    int indent = from - callsFrom;
    if (line.has("/*", from)) {
      return Verdict.OTHER;
    }
    if (line.at(from) == '}') {
      return parseExit(line, from, indent);
    }
    int nameEnd = nameEnd(line, from);
    int end = line.trimEnd(from, line.length());
    int comment = line.indexOf("/*", nameEnd);
    if (comment != Line.NONE && line.has("*/", end - 2)) {
      end = line.trimEnd(from, comment);
    }
    byte last = line.at(end - 1);
    if (nameEnd == from
        || (last != ';' && last != '{')
        || line.indexOf('(', nameEnd) == Line.NONE) {
      return Verdict.DAMAGED;
    }
    return last == ';' ? leaf(line, from, nameEnd, indent) : entry(line, from, nameEnd, indent);
  }

  private Verdict entry(Line line, int from, int nameEnd, int indent) {
    int function = functions.numberOf(line, from, nameEnd);
    matcher.entry(timeNs, matcher.task(pid, cpu), indent, function, context());
    return Verdict.RECORD;
  }

  private Verdict leaf(Line line, int from, int nameEnd, int indent) {
    long holdNs = holdNs(line);
    if (holdNs == Line.NONE) {
      return Verdict.DAMAGED;
    }
    int function = functions.numberOf(line, from, nameEnd);
    matcher.leaf(timeNs, holdNs, matcher.task(pid, cpu), indent, function, context());
    return Verdict.RECORD;
  }

  private Verdict parseExit(Line line, int from, int indent) {
    int function = Line.NONE;
    int comment = line.skipBlanks(from + 1);
    if (comment < line.length()) {
      int end = line.trimEnd(comment, line.length());
      if (!line.has("/*", comment) || !line.has("*/", end - 2)) {
        return Verdict.DAMAGED;
      }
      int name = line.skipBlanks(comment + 2);
      int nameEnd = nameEnd(line, name);
      if (nameEnd > name && !line.has("ret=", name) && nameEnd <= end - 2) {
        function = functions.numberOf(line, name, nameEnd);
      }
    }
    matcher.exit(timeNs, matcher.task(pid, cpu), indent, function);
    return Verdict.RECORD;
  }

  private static int nameEnd(Line line, int from) {
    int i = from;
    while (i < line.length() && line.at(i) != '(' && !Line.isBlank(line.at(i))) {
      i++;
    }
    return i;
  }

  private long holdNs(Line line) {
    int us = line.indexOf(" us", durationFrom);
    if (us == Line.NONE || us > callsFrom) {
      return Line.NONE;
    }
    int from = us;
    while (from > durationFrom && !Line.isBlank(line.at(from - 1))) {
      from--;
    }
    return line.microsecondsAsNs(from, us);
  }

  private int context() {
    return openIrqs[cpu] > 0 ? cpu * LEVELS + HARD_IRQ_LEVEL : Call.TASK_CONTEXT;
  }

  @Override
  public String expected() {
    return "'TIME | CPU) TASK-PID | DURATION us | function() {'";
  }

  @Override
  public int highestCpu() {
    return highestCpu;
  }

  @Override
  public NameTable functions() {
    return functions;
  }

  @Override
  public Matcher matcher() {
    return matcher;
  }
}
