package dev.kretsim.trace.event;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.text.Line;

/**
 * What stands before the event in a line of ftrace's text output and of trace-cmd report: {@code
 * COMM-PID (TGID) [CPU] FLAGS TIME: EVENT:}, of which thread group and flags may be missing and the
 * command may hold blanks, dashes and brackets. In latency format it is {@code COMM-PID CPUFLAGS
 * TIME: EVENT:}.
 */
public final class FtracePrefix extends EventPrefix {
  private static final int LEAST_FLAGS = 4;
  private static final int MOST_FLAGS = 8;
  private int contextTo;
  private static final String FLAGS = ".dDbBnNpPlLhHsSzZX#0123456789abcdef";

  @Override
  public boolean read(Line line) {
    headTo = Line.NONE;
    for (int bracket = line.indexOf('[', 0);
        bracket != Line.NONE;
        bracket = line.indexOf('[', bracket + 1)) {
      if (readPid(line, bracket) && readRest(line, bracket)) {
        headTo = line.indexOf('[', 0) == bracket ? contextTo : Line.NONE;
        return true;
      }
    }
    return readLatency(line);
  }

  private boolean readPid(Line line, int to) {
    int end = line.trimEnd(0, to);
    if (line.at(end - 1) == ')') {
      int open = end - 1;
      while (open > 0 && line.at(open) != '(') {
        open--;
      }
      end = line.trimEnd(0, open);
    }
    int from = end;
    while (from > 0 && Line.isDigit(line.at(from - 1))) {
      from--;
    }
    pid = line.number(from, end);
    return pid != Line.NONE && line.at(from - 1) == '-';
  }

  private boolean readRest(Line line, int bracket) {
    int cpuEnd = line.skipDigits(bracket + 1);
    if (!readCpu(line, bracket + 1, cpuEnd)
        || line.at(cpuEnd) != ']'
        || !(Line.isBlank(line.at(cpuEnd + 1))
            || areFlags(line, cpuEnd + 1, line.tokenEnd(cpuEnd + 1)))) {
      return false;
    }
    int from = line.skipBlanks(cpuEnd + 1);
    int to = line.tokenEnd(from);
    contextTo = cpuEnd + 1;
    context = Call.TASK_CONTEXT;
    tellsContext = line.at(to - 1) != ':';
    if (tellsContext) {
      context = contextOf(line, from);
      contextTo = to;
      from = line.skipBlanks(to);
      to = line.tokenEnd(from);
    }
    return line.at(to - 1) == ':' && readTime(line, from, to - 1) && readEvent(line, to);
  }

  private boolean readCpu(Line line, int from, int to) {
    long number = to - from <= 6 ? line.number(from, to) : Line.NONE;
    cpu = (int) number;
    return number != Line.NONE;
  }

  /** Tries each token that looks like CPU and flags. */
  private boolean readLatency(Line line) {
    for (int from = line.skipBlanks(0); from < line.length(); ) {
      int end = line.tokenEnd(from);
      if (Line.isDigit(line.at(from)) && readLatency(line, from, end)) {
        return true;
      }
      from = line.skipBlanks(end);
    }
    return false;
  }

  private boolean readLatency(Line line, int from, int end) {
    int flags = line.skipDigits(from);
    if (!areFlags(line, flags, end) || !readCpu(line, from, flags) || !readPid(line, from)) {
      return false;
    }
    tellsContext = true;
    context = contextOf(line, flags);
    int time = line.skipBlanks(end);
    int colon = line.indexOf(':', time);
    return colon != Line.NONE && readTime(line, time, colon) && readEvent(line, colon + 1);
  }

  private static boolean areFlags(Line line, int from, int to) {
    if (to - from < LEAST_FLAGS || to - from > MOST_FLAGS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (FLAGS.indexOf(line.at(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  String expected() {
    return "COMM-PID [CPU] TIME: ";
  }
}
