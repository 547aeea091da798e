package dev.kretsim.trace.event;

import dev.kretsim.trace.text.Line;

/**
 * What stands before the event in a line of perf script: {@code COMM PID/TID [CPU] TIME: PERIOD
 * GROUP:EVENT:}, of which process id and period may be missing and the command may hold blanks and
 * brackets.
 */
public final class PerfPrefix extends EventPrefix {
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
    return false;
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
    return pid != Line.NONE && from > 0 && Line.isBlank(line.at(from - 1));
  }

  private boolean readRest(Line line, int bracket) {
    int cpuEnd = line.skipDigits(bracket + 1);
    long number = cpuEnd - bracket <= 7 ? line.number(bracket + 1, cpuEnd) : Line.NONE;
    if (number == Line.NONE || line.at(cpuEnd) != ']') {
      return false;
    }
    cpu = (int) number;
    int from = line.skipBlanks(cpuEnd + 1);
    int to = line.tokenEnd(from);
    if (line.at(to - 1) != ':' || !readTime(line, from, to - 1)) {
      return false;
    }
    int event = line.skipBlanks(to);
    int period = line.skipDigits(event);
    return readEvent(line, Line.isBlank(line.at(period)) ? period : event);
  }

  @Override
  String expected() {
    return "COMM TID [CPU] TIME: GROUP:";
  }
}
