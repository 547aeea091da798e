package dev.kretsim.trace.graph;

import dev.kretsim.trace.text.Line;
import java.util.Arrays;

/**
 * Finds the columns of a line of the function_graph tracer: {@code TIME | CPU) TASK-PID | FLAGS |
 * DURATION | calls}. Time, task and flags are there if the trace was recorded with them.
 */
public final class Columns {
  /** What a line is. */
  public enum Kind {
    CALL,
    IRQ_BEGINS,
    IRQ_ENDS,
    UNKNOWN
  }

  private static final String IRQ_BEGINS = "==========>";
  private static final String IRQ_ENDS = "<==========";

  /** {@link Line#NONE} where the line shows none. */
  public long timeNs;

  /** {@link Line#NONE} where the line shows none. */
  public int cpu;

  /** {@link Line#NONE} where the line shows none. */
  long pid;

  /** Where the stamp ends, if the line shows one. */
  int stampTo;

  /** What the last digit of the stamp stands for, in ns. */
  long resolutionNs = 1;

  int durationFrom;

  /** Whether the line has a column for it. */
  boolean hasDuration;

  public int callsFrom;

  public Kind read(Line line, int first) {
    int at = first;
    int bar = line.indexOf('|', first);
    if (bar == Line.NONE) {
      return Kind.UNKNOWN;
    }
    stampTo = line.trimEnd(first, bar);
    timeNs = line.secondsAsNs(first, stampTo);
    if (timeNs != Line.NONE) {
      resolutionNs = line.resolutionNs(stampTo);
      at = line.skipBlanks(bar + 1);
      bar = line.indexOf('|', at);
    }
    int digits = line.skipDigits(at);
    cpu = Line.NONE;
    if (digits > at && digits - at <= 5 && line.at(digits) == ')') {
      cpu = (int) line.number(at, digits);
      at = digits + 1;
    }
    int taskEnd = readTask(line, at, bar);
    return bar == Line.NONE ? Kind.UNKNOWN : readRest(line, taskEnd == Line.NONE ? at : taskEnd);
  }

  /** The task's command may hold a bar itself: then the task ends at a later one. */
  private int readTask(Line line, int from, int firstBar) {
    for (int bar = firstBar; bar != Line.NONE; bar = line.indexOf('|', bar + 1)) {
      int end = line.trimEnd(from, bar);
      int digits = end;
      while (digits > from && Line.isDigit(line.at(digits - 1))) {
        digits--;
      }
      pid = line.at(digits - 1) == '-' ? line.number(digits, end) : Line.NONE;
      if (pid != Line.NONE) {
        return bar + 1;
      }
      if (end == from || isDuration(line, end) || line.at(end - 1) == '>') {
        break;
      }
    }
    pid = Line.NONE;
    return Line.NONE;
  }

  private Kind readRest(Line line, int from) {
    durationFrom = from;
    int bar = line.indexOf('|', from);
    hasDuration = bar != Line.NONE;
    if (!hasDuration) {
      callsFrom = from;
      return pid == Line.NONE && timeNs == Line.NONE ? Kind.UNKNOWN : Kind.CALL;
    }
    int first = line.skipBlanks(from);
    int end = line.trimEnd(from, bar);
    if (end > first && !isDuration(line, end)) {
      byte mark = line.at(first);
      if (mark == '=' || mark == '<') {
        return irq(line, first);
      }
      durationFrom = bar + 1;
      bar = line.indexOf('|', durationFrom);
      if (bar == Line.NONE) {
        return Kind.UNKNOWN;
      }
      first = line.skipBlanks(durationFrom);
      if (line.at(first) == '=' || line.at(first) == '<') {
        return irq(line, first);
      }
    }
    callsFrom = bar + 1;
    return Kind.CALL;
  }

  /** {@code 3.500 us}, before a position. */
  private static boolean isDuration(Line line, int end) {
    return line.has(" us", end - 3) && Line.isDigit(line.at(end - 4));
  }

  private static Kind irq(Line line, int at) {
    if (line.has(IRQ_BEGINS, at)) {
      return Kind.IRQ_BEGINS;
    }
    return line.has(IRQ_ENDS, at) ? Kind.IRQ_ENDS : Kind.UNKNOWN;
  }

  /** The tasks that CPUs turned to, as the lines between tell: {@code 1) sh-152 => dd-2607}. */
  static final class Switches {
    private long[] now = new long[8];

    Switches() {
      Arrays.fill(now, Line.NONE);
    }

    /** The task on a CPU; {@link Line#NONE} where no switch to it was seen. */
    long on(int cpu) {
      return cpu < now.length ? now[cpu] : Line.NONE;
    }

    /** Takes in such a line and tells the CPU, or {@link Line#NONE} if it is none. */
    public int read(Line line) {
      int first = line.skipBlanks(0);
      int brace = line.skipDigits(first);
      long cpu = brace - first <= 5 ? line.number(first, brace) : Line.NONE;
      if (cpu == Line.NONE || line.at(brace) != ')' || !line.contains(" => ")) {
        return Line.NONE;
      }
      int end = line.trimEnd(0, line.length());
      int digits = end;
      while (Line.isDigit(line.at(digits - 1))) {
        digits--;
      }
      if ((int) cpu >= now.length) {
        int before = now.length;
        now = Arrays.copyOf(now, 2 * (int) cpu);
        Arrays.fill(now, before, now.length, Line.NONE);
      }
      now[(int) cpu] = line.number(digits, end);
      return (int) cpu;
    }

    /** The task that such a line says was there before. */
    static long before(Line line) {
      int end = line.trimEnd(0, line.indexOf(" => ", 0));
      int digits = end;
      while (Line.isDigit(line.at(digits - 1))) {
        digits--;
      }
      return line.number(digits, end);
    }
  }
}
