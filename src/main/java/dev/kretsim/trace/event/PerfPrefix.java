package dev.kretsim.trace.event;

import dev.kretsim.trace.text.Line;

/**
 * What stands before the event in a line of perf script: {@code COMM PID/TID [CPU] TIME: PERIOD
 * GROUP:EVENT:}, of which process id, CPU and period may be missing and the command may hold blanks
 * and brackets.
 */
public final class PerfPrefix extends EventPrefix {
  private static final int NO_CPU = -1;

  /** Whether a line had one: from then on a line without is damaged. */
  private boolean sawCpu;

  @Override
  public boolean read(Line line) {
    headTo = Line.NONE;
    for (int bracket = line.indexOf('[', 0);
        bracket != Line.NONE;
        bracket = line.indexOf('[', bracket + 1)) {
      if (readTask(line, bracket) && readRest(line, bracket)) {
        headTo = line.indexOf('[', 0) == bracket ? line.indexOf(']', bracket) + 1 : Line.NONE;
        return true;
      }
    }
    return !sawCpu && readWithoutCpu(line);
  }

  /** Idle tasks of several CPUs cannot be told from each other then. */
  private boolean readWithoutCpu(Line line) {
    for (int to = line.indexOf(": ", 0); to != Line.NONE; to = line.indexOf(": ", to + 1)) {
      int from = to;
      while (from > 0 && !Line.isBlank(line.at(from - 1))) {
        from--;
      }
      if (line.secondsAsNs(from, to) != Line.NONE && readTask(line, from)) {
        cpu = NO_CPU;
        return pid != 0 && readTime(line, from, to) && readName(line, to + 1) && hasGroup(line);
      }
    }
    return false;
  }

  private boolean hasGroup(Line line) {
    int colon = line.indexOf(':', eventFrom);
    return colon != Line.NONE && colon < eventTo;
  }

  private boolean readTask(Line line, int bracket) {
    int end = line.trimEnd(0, bracket);
    int from = end;
    while (from > 0 && Line.isDigit(line.at(from - 1))) {
      from--;
    }
    pid = line.number(from, end);
    if (line.at(from - 1) == '/') {
      from--;
      while (from > 0 && Line.isDigit(line.at(from - 1))) {
        from--;
      }
    }
    return pid != Line.NONE && (from == 0 || Line.isBlank(line.at(from - 1)));
  }

  private boolean readRest(Line line, int bracket) {
    int cpuEnd = line.skipDigits(bracket + 1);
    long number = cpuEnd - bracket <= 7 ? line.number(bracket + 1, cpuEnd) : Line.NONE;
    if (number == Line.NONE || line.at(cpuEnd) != ']') {
      return false;
    }
    cpu = (int) number;
    sawCpu = true;
    int from = line.skipBlanks(cpuEnd + 1);
    int to = line.tokenEnd(from);
    if (isMode(line, from, to)) {
      from = line.skipBlanks(to);
      to = line.tokenEnd(from);
    }
    return line.at(to - 1) == ':' && readTime(line, from, to - 1) && readName(line, to);
  }

  /** Capitals, which tell in what mode the CPU was: {@code perf script -F +misc}. */
  private static boolean isMode(Line line, int from, int to) {
    int end = from;
    while (line.at(end) >= 'A' && line.at(end) <= 'Z') {
      end++;
    }
    return end == to;
  }

  private boolean readName(Line line, int from) {
    int event = line.skipBlanks(from);
    int period = line.skipDigits(event);
    return readEvent(line, Line.isBlank(line.at(period)) ? period : event);
  }

  @Override
  String expected() {
    return "COMM TID [CPU] TIME: GROUP:";
  }
}
