package dev.kretsim.trace;

import java.util.Arrays;

/**
 * Trace text of kprobe events. An entry event shows {@code (function+0x4/0x170)}, a return event
 * {@code (caller+0x4b/0x90 <- function)}. Where several probes watch one function the first of each
 * kind counts; a probe in the middle of a function is not an entry.
 */
final class EventsParser implements LineParser {
  /**
   * How far behind the symbol an entry probe can sit: the kernel moves it past a landing pad or to
   * the ftrace site.
   */
  private static final long ENTRY_OFFSET = 16;

  private static final String ARROW = " <- ";

  private final EventMatcher matcher;
  private final NameTable functions = new NameTable();
  private final NameTable events = new NameTable();
  private final EventPrefix prefix = new EventPrefix();
  private int[] entryEvents = new int[0];
  private int[] returnEvents = new int[0];
  private int highestCpu;

  EventsParser(EventMatcher matcher) {
    this.matcher = matcher;
  }

  @Override
  public Verdict parse(Line line) {
    if (!prefix.read(line)) {
      return Verdict.DAMAGED;
    }
    if (line.at(prefix.payload) != '(') {
      return line.length() == prefix.payload ? Verdict.DAMAGED : Verdict.OTHER;
    }
    int close = line.indexOf(')', prefix.payload);
    if (close == Line.NONE) {
      return Verdict.DAMAGED;
    }
    highestCpu = Math.max(highestCpu, prefix.cpu);
    int arrow = line.indexOf(ARROW, prefix.payload);
    return arrow != Line.NONE && arrow < close
        ? parseReturn(line, arrow + ARROW.length(), close)
        : parseEntry(line, prefix.payload + 1, close);
  }

  private Verdict parseReturn(Line line, int from, int close) {
    int blank = line.indexOf(' ', from);
    int to = blank != Line.NONE && blank < close ? blank : close;
    if (to == from) {
      return Verdict.DAMAGED;
    }
    int function = functions.numberOf(line, from, to);
    returnEvents = withRoomFor(returnEvents, function);
    if (!isFirstEvent(returnEvents, function, line)) {
      return Verdict.OTHER;
    }
    TaskState task = matcher.task(prefix.pid, prefix.cpu);
    matcher.exit(prefix.timeNs, task, function);
    return Verdict.RECORD;
  }

  private Verdict parseEntry(Line line, int from, int close) {
    int plus = line.indexOf("+0x", from);
    if (plus == Line.NONE || plus > close || plus == from) {
      return Verdict.OTHER;
    }
    if (offset(line, plus + 3) > ENTRY_OFFSET) {
      return Verdict.OTHER;
    }
    int function = functions.numberOf(line, from, plus);
    entryEvents = withRoomFor(entryEvents, function);
    if (!isFirstEvent(entryEvents, function, line)) {
      return Verdict.OTHER;
    }
    TaskState task = matcher.task(prefix.pid, prefix.cpu);
    matcher.entry(prefix.timeNs, task, function, prefix.context);
    return Verdict.RECORD;
  }

  private boolean isFirstEvent(int[] firstEvents, int function, Line line) {
    int event = events.numberOf(line, prefix.eventFrom, prefix.eventTo) + 1;
    if (firstEvents[function] == 0) {
      firstEvents[function] = event;
    }
    return firstEvents[function] == event;
  }

  private static long offset(Line line, int from) {
    long value = 0;
    for (int i = from; i < from + 8; i++) {
      int digit = Character.digit(line.at(i), 16);
      if (digit < 0) {
        return value;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private static int[] withRoomFor(int[] array, int index) {
    return index < array.length ? array : Arrays.copyOf(array, 2 * index + 16);
  }

  @Override
  public String expected() {
    return "'COMM-PID [CPU] TIME: EVENT: (function+0x0/0x10)' or '... (caller+0x1/0x2 <- function)'";
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
