package dev.kretsim.trace.event;

import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Eight;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineReader;
import dev.kretsim.trace.text.QuickLines;
import dev.kretsim.trace.text.SeenText;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of kprobe events that are like ones before. A line consists of its head (task, CPU
 * and flags), the stamp, and its tail, from the event's name to the closing bracket. A head and a
 * tail that were seen before mean what they meant then; what follows the bracket means nothing.
 */
final class QuickEvents extends QuickLines {
  /** What a tail tells. */
  enum Kind {
    ENTRY,
    RETURN,
    /** An entry that another probe's event has shown already. */
    IGNORED
  }

  private record Head(TaskState task, int context, boolean tellsContext) {}

  private record Tail(Kind kind, int function, long event) {}

  private static final long BRACKETS = Eight.all(')');

  private final EventMatcher matcher;
  private final SeenText heads = new SeenText();
  private final SeenText tails = new SeenText();
  private final Head[] headOf = new Head[SeenText.MOST];
  private final Tail[] tailOf = new Tail[SeenText.MOST];
  private int headLength;

  QuickEvents(EventMatcher matcher) {
    this.matcher = matcher;
  }

  /**
   * Learns from a line that was read column by column.
   *
   * @param task null where the line does not show it for the first time
   */
  void learn(
      Line line,
      FtracePrefix prefix,
      @Nullable TaskState task,
      Kind kind,
      int function,
      long event) {
    int stampFrom = prefix.headTo + 1;
    if (prefix.headTo == Line.NONE
        || !SeenText.fits(stampFrom)
        || !learnStamp(line, stampFrom, prefix.stampTo)) {
      return;
    }
    headLength = stampFrom;
    byte[] buffer = line.buffer();
    if (task != null) {
      int number = heads.keep(buffer, line.offset(0), headLength);
      headOf[number] = new Head(task, prefix.context, prefix.tellsContext);
    }
    int from = prefix.stampTo + 1;
    int close = line.indexOf(')', from);
    int length = close + 1 - from;
    if (close > prefix.payload && SeenText.fits(length)) {
      int number = tails.keepUpTo(buffer, line.offset(from), length);
      tailOf[number] = new Tail(kind, function, event);
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
    long records = 0;
    while (at < end) {
      int dotAt = at + dot;
      long secondsNs = secondsNs(buffer, dotAt);
      long fractionNs = fractionNs(buffer, dotAt);
      if (buffer[dotAt] != '.'
          || buffer[dotAt + FRACTION] != ':'
          || secondsNs == Line.NONE
          || fractionNs == Line.NONE) {
        break;
      }
      int headNumber = heads.find(buffer, at, headLength);
      int tailFrom = dotAt + FRACTION + 1;
      int tailNumber = tails.findUpTo(buffer, tailFrom, BRACKETS);
      if (headNumber == Line.NONE || tailNumber == Line.NONE) {
        break;
      }
      int newline = tailFrom + tails.length(tailNumber);
      if (buffer[newline] != '\n') {
        newline = Eight.newline(buffer, newline, end);
      }
      if (newline == Line.NONE || newline >= end) {
        break;
      }
      if (take(headOf[headNumber], tailOf[tailNumber], secondsNs + fractionNs)) {
        records++;
      }
      lines++;
      at = newline + 1;
    }
    reader.pass(at, lines);
    counts.events += lines;
    counts.records += records;
  }

  private boolean take(Head head, Tail tail, long timeNs) {
    TaskState task = head.task;
    int function = tail.function;
    if (tail.kind == Kind.RETURN) {
      if (task.isShownAlready(function, tail.event)) {
        return false;
      }
      matcher.exit(timeNs, task, function, head.context, head.tellsContext);
      return true;
    }
    if (tail.kind == Kind.IGNORED) {
      return false;
    }
    task.justReturned = -1;
    matcher.entry(timeNs, task, function, head.context);
    return true;
  }
}
