package dev.kretsim.trace.graph;

import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Eight;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineReader;
import dev.kretsim.trace.text.QuickLines;
import dev.kretsim.trace.text.SeenText;

/**
 * Reads lines of function_graph that are like ones before. Such a line consists of the stamp, its
 * head (CPU, task and flags), the duration, and its tail, which is what was called. A head and a
 * tail that were seen before mean what they meant then. So do lines between that tell of a task
 * switch; where each line shows its task, they end an interrupt at most.
 */
final class QuickGraph extends QuickLines {
  /** What a tail tells. */
  enum Kind {
    ENTRY,
    LEAF,
    RETURN
  }

  private record Head(TaskState task, int cpu) {}

  /** The function is {@link Line#NONE} where a brace does not name it. */
  private record Tail(Kind kind, int indent, int function) {}

  private final GraphMatcher matcher;
  private final InterruptFrames interrupts;
  private final DurationColumn duration = new DurationColumn();
  private final SeenText heads = new SeenText();
  private final SeenText tails = new SeenText();
  private final SeenText between = new SeenText();
  private final Head[] headOf = new Head[SeenText.MOST];
  private final Tail[] tailOf = new Tail[SeenText.MOST];
  private final int[] cpuOf = new int[SeenText.MOST];
  private int headLength;

  QuickGraph(GraphMatcher matcher, InterruptFrames interrupts) {
    this.matcher = matcher;
    this.interrupts = interrupts;
  }

  /** Learns from the line of a call that was read column by column and shows its task. */
  void learn(Line line, Columns columns, TaskState task, Kind kind, int indent, int function) {
    int length = columns.durationFrom - columns.stampTo;
    if (!line.endsAtNewline()
        || !SeenText.fits(length)
        || !learnStamp(line, 0, columns.stampTo)
        || !duration.learn(line, columns.durationFrom, columns.callsFrom)) {
      return;
    }
    headLength = length;
    int head = heads.keep(line.buffer(), line.offset(columns.stampTo), headLength);
    headOf[head] = new Head(task, columns.cpu);
    int number = keep(tails, line, columns.callsFrom);
    if (number != Line.NONE) {
      tailOf[number] = new Tail(kind, indent, function);
    }
  }

  private static int keep(SeenText seen, Line line, int from) {
    int length = line.length() + 1 - from;
    return SeenText.fits(length)
        ? seen.keepUpTo(line.buffer(), line.offset(from), length)
        : Line.NONE;
  }

  /** Learns a line that is no call, of a trace in which each call shows its task. */
  void learnBetween(Line line, int cpu) {
    if (line.endsAtNewline()) {
      int number = keep(between, line, 0);
      if (number != Line.NONE) {
        cpuOf[number] = cpu;
      }
    }
  }

  void skim(LineReader reader, LineCounts counts) {
    byte[] buffer = reader.buffer();
    int end = reader.end();
    int at = reader.begin();
    if (dot == Line.NONE || at < Long.BYTES) {
      return;
    }
    long lines = 0;
    long blank = 0;
    long records = 0;
    while (at < end) {
      int next = call(buffer, at, end);
      if (next != Line.NONE) {
        records++;
      } else if (buffer[at] == '\n') {
        next = at + 1;
        blank++;
      } else {
        next = between(buffer, at, end);
        if (next == Line.NONE) {
          break;
        }
      }
      lines++;
      at = next;
    }
    reader.pass(at, lines);
    counts.events += lines - blank;
    counts.records += records;
  }

  private int call(byte[] buffer, int at, int end) {
    int dotAt = at + dot;
    if (buffer[dotAt] != '.') {
      return Line.NONE;
    }
    long secondsNs = secondsNs(buffer, dotAt);
    long fractionNs = fractionNs(buffer, dotAt);
    int headFrom = dotAt + FRACTION;
    int headNumber = heads.find(buffer, headFrom, headLength);
    long holdNs = duration.read(buffer, headFrom + headLength);
    int tailFrom = headFrom + headLength + duration.width();
    int tailNumber = tails.findUpTo(buffer, tailFrom, Eight.NEWLINES);
    if (secondsNs == Line.NONE
        || fractionNs == Line.NONE
        || headNumber == Line.NONE
        || tailNumber == Line.NONE
        || holdNs == DurationColumn.UNKNOWN) {
      return Line.NONE;
    }
    int next = tailFrom + tails.length(tailNumber);
    Tail tail = tailOf[tailNumber];
    if (next > end || (holdNs == Line.NONE && tail.kind == Kind.LEAF)) {
      return Line.NONE;
    }
    take(headOf[headNumber], tail, secondsNs + fractionNs, holdNs);
    return next;
  }

  private void take(Head head, Tail tail, long timeNs, long holdNs) {
    int context = interrupts.context(head.cpu, tail.indent);
    switch (tail.kind) {
      case ENTRY -> matcher.entry(timeNs, head.task, tail.indent, tail.function, context);
      case LEAF -> matcher.leaf(timeNs, holdNs, head.task, tail.indent, tail.function, context);
      default -> matcher.exit(timeNs, Line.NONE, head.task, tail.indent, tail.function);
    }
  }

  private int between(byte[] buffer, int at, int end) {
    int number = between.findUpTo(buffer, at, Eight.NEWLINES);
    if (number == Line.NONE) {
      return Line.NONE;
    }
    int next = at + between.length(number);
    if (next > end) {
      return Line.NONE;
    }
    interrupts.over(cpuOf[number]);
    return next;
  }
}
