package dev.kretsim.trace;

import dev.kretsim.kernel.BadInputException;

/**
 * What stands before the event in a line of ftrace's text output: {@code COMM-PID (TGID) [CPU]
 * FLAGS TIME: EVENT:}, of which thread group and flags may be missing and the command may hold
 * blanks, dashes and brackets.
 */
final class EventPrefix {
  private static final int LEVELS = 4;

  long pid;
  int cpu;

  /** 0 in a task, else CPU and level (soft interrupt, interrupt, NMI) in one number. */
  int context;

  long timeNs;
  int eventFrom;
  int eventTo;

  /** Whether a stamp was in seconds: from then on a counter is damage, not another clock. */
  private boolean sawSeconds;

  /** Where the event's own text begins. */
  int payload;

  /**
   * Reads a line's prefix into the fields.
   *
   * @return whether the line has one
   * @throws BadInputException when its clock does not show time
   */
  boolean read(Line line) {
    for (int bracket = line.indexOf('[', 0);
        bracket != Line.NONE;
        bracket = line.indexOf('[', bracket + 1)) {
      if (readPid(line, bracket) && readRest(line, bracket)) {
        return true;
      }
    }
    return false;
  }

  private boolean readPid(Line line, int bracket) {
    int end = line.trimEnd(0, bracket);
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
    long number = cpuEnd - bracket <= 7 ? line.number(bracket + 1, cpuEnd) : Line.NONE;
    if (number == Line.NONE || line.at(cpuEnd) != ']' || !Line.isBlank(line.at(cpuEnd + 1))) {
      return false;
    }
    cpu = (int) number;
    int from = line.skipBlanks(cpuEnd + 1);
    int to = tokenEnd(line, from);
    context = Call.TASK_CONTEXT;
    if (line.at(to - 1) != ':') {
      context = contextOf(line.at(from + 2));
      from = line.skipBlanks(to);
      to = tokenEnd(line, from);
    }
    return line.at(to - 1) == ':' && readTime(line, from, to - 1) && readEvent(line, to);
  }

  private int contextOf(byte flag) {
    int level =
        switch (flag) {
          case 's' -> 1;
          case 'h', 'H' -> 2;
          case 'z', 'Z' -> 3;
          default -> 0;
        };
    return level == 0 ? Call.TASK_CONTEXT : cpu * LEVELS + level;
  }

  private boolean readTime(Line line, int from, int to) {
    timeNs = line.secondsAsNs(from, to);
    if (timeNs == Line.NONE && !sawSeconds && line.number(from, to) != Line.NONE) {
      throw new BadInputException(
          "the stamps are a plain counter ("
              + line.text(from, to)
              + "), not seconds; record with: echo mono > trace_clock");
    }
    sawSeconds |= timeNs != Line.NONE;
    return timeNs != Line.NONE;
  }

  private boolean readEvent(Line line, int from) {
    eventFrom = line.skipBlanks(from);
    eventTo = line.indexOf(':', eventFrom);
    payload = line.skipBlanks(eventTo + 1);
    return eventTo > eventFrom;
  }

  private static int tokenEnd(Line line, int from) {
    int i = from;
    while (i < line.length() && !Line.isBlank(line.at(i))) {
      i++;
    }
    return i;
  }
}
