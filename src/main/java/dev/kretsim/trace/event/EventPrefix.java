package dev.kretsim.trace.event;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.Call;
import dev.kretsim.trace.text.Line;

/** What stands before the event's own text in a line, and differs from tool to tool. */
abstract class EventPrefix {
  private static final int LEVELS = 4;

  public long pid;
  public int cpu;

  /** 0 in a task, else CPU and level (soft interrupt, interrupt, NMI) in one number. */
  public int context;

  /** Whether the line tells the context at all. */
  boolean tellsContext;

  public long timeNs;

  /** What the last digit of the stamp stands for, in ns. */
  public long resolutionNs = 1;

  /**
   * Where what tells task, CPU and context ends, for a line in which nothing before the stamp could
   * be taken for the CPU but what is; else {@link Line#NONE}.
   */
  int headTo = Line.NONE;

  /** Where the stamp ends. */
  int stampTo;

  public int eventFrom;
  public int eventTo;

  /** Where the event's own text begins. */
  public int payload;

  /** Whether a stamp was in seconds: from then on a counter is damage, not another clock. */
  private boolean sawSeconds;

  /**
   * Reads a line's prefix into the fields.
   *
   * @return whether the line has one
   * @throws BadInputException when its clock does not show time
   */
  abstract boolean read(Line line);

  /** What a line with this prefix looks like, for messages. */
  abstract String expected();

  /**
   * The context that the flags tell: the third of them, or the fourth, which is a number of
   * something else where the third tells it.
   */
  final int contextOf(Line line, int flags) {
    int third = levelOf(line.at(flags + 2));
    int level = third > 0 ? third : levelOf(line.at(flags + 3));
    return level == 0 ? Call.TASK_CONTEXT : cpu * LEVELS + level;
  }

  private static int levelOf(byte flag) {
    return switch (flag) {
      case 's' -> 1;
      case 'h', 'H' -> 2;
      case 'z', 'Z' -> 3;
      default -> 0;
    };
  }

  /** Whether a context is that of a hard interrupt or NMI, which no task code can interleave. */
  static boolean isHard(int context) {
    return context % LEVELS >= 2;
  }

  /** Reads the stamp in a range: seconds, or the latency format's microseconds. */
  final boolean readTime(Line line, int from, int to) {
    stampTo = to;
    timeNs = line.secondsAsNs(from, to);
    if (timeNs != Line.NONE) {
      sawSeconds = true;
      resolutionNs = line.resolutionNs(to);
      return true;
    }
    int digits = line.skipDigits(from);
    if (line.has("us", digits) && to - digits <= 3) {
      resolutionNs = 1000;
      long micros = line.number(from, digits);
      timeNs = micros == Line.NONE || micros > Long.MAX_VALUE / 1000 ? Line.NONE : micros * 1000;
      sawSeconds |= timeNs != Line.NONE;
    } else if (!sawSeconds && line.number(from, to) != Line.NONE) {
      throw new BadInputException(
          "the stamps are a plain counter ("
              + line.text(from, to)
              + "), not seconds; record with: echo mono > trace_clock");
    }
    return timeNs != Line.NONE;
  }

  /** Reads {@code EVENT: } at a position; a colon inside the name belongs to it. */
  final boolean readEvent(Line line, int from) {
    eventFrom = line.skipBlanks(from);
    if (line.has("(+", eventFrom) && line.at(line.tokenEnd(eventFrom) - 1) == ')') {
      // trace-cmd report --ts-diff: how long after the line above.
      eventFrom = line.skipBlanks(line.tokenEnd(eventFrom));
    }
    eventTo = line.tokenEnd(eventFrom) - 1;
    payload = line.skipBlanks(eventTo + 1);
    return eventTo > eventFrom && line.at(eventTo) == ':';
  }
}
