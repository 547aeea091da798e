package dev.kretsim.trace.event;

import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.SeenText;
import dev.kretsim.trace.text.Stamps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What pieces of kprobe event lines were seen to mean. A line consists of its head (task, CPU and
 * flags), the stamp, and its tail, from the event's name to the closing bracket; what follows the
 * bracket means nothing.
 *
 * <p>Lines are learned in order, by whoever pairs them. Decoders use what is known when they begin
 * a block.
 */
final class EventTexts {
  /** What a tail tells. */
  enum Kind {
    ENTRY,
    RETURN,
    /** An entry that another probe's event has shown already. */
    IGNORED
  }

  private record Head(TaskState task, int context, boolean tellsContext) {}

  private record Tail(Kind kind, int function, long event) {}

  /** What is known at some time: the columns, and by number what texts mean. */
  record Known(
      Stamps stamps,
      SeenText heads,
      int headsKnown,
      Head[] headOf,
      SeenText tails,
      int tailsKnown,
      Tail[] tailOf) {}

  private final EventMatcher matcher;
  private Stamps stamps = Stamps.NONE;
  private SeenText heads = new SeenText();
  private SeenText tails = new SeenText();
  private Head[] headOf = new Head[16];
  private Tail[] tailOf = new Tail[16];
  private boolean changed;
  private volatile @Nullable Known known;

  /** For lines of a kind that was learned after their block was decoded. */
  private final EventDecoder again = new EventDecoder(this);

  /** Where the stamp's column begins, which is how long a head is. */
  private int headLength;

  EventTexts(EventMatcher matcher) {
    this.matcher = matcher;
  }

  /** What is known; null if nothing. */
  @Nullable Known known() {
    return known;
  }

  /**
   * Learns from a line that was read column by column.
   *
   * @param task null where the line does not show it for the first time
   */
  void learn(
      Line line,
      EventPrefix prefix,
      @Nullable TaskState task,
      Kind kind,
      int function,
      long event) {
    int stampFrom = prefix.headTo + 1;
    if (prefix.headTo == Line.NONE || !SeenText.fits(stampFrom)) {
      return;
    }
    Stamps found = Stamps.learn(stamps, line, stampFrom, prefix.stampTo);
    if (found == Stamps.NONE) {
      return;
    }
    changed |= found != stamps || stampFrom != headLength;
    stamps = found;
    headLength = stampFrom;
    makeRoom();
    if (task != null) {
      int before = heads.size();
      int number = heads.keep(line.buffer(), line.offset(0), headLength);
      if (number == before) {
        headOf = number < headOf.length ? headOf : Arrays.copyOf(headOf, 2 * number);
        headOf[number] = new Head(task, prefix.context, prefix.tellsContext);
        changed = true;
      }
    }
    int from = prefix.stampTo + 1;
    int close = line.indexOf(')', from);
    int length = close + 1 - from;
    if (close > prefix.payload && SeenText.fits(length)) {
      int before = tails.size();
      int number = tails.keepUpTo(line.buffer(), line.offset(from), length);
      if (number == before) {
        tailOf = number < tailOf.length ? tailOf : Arrays.copyOf(tailOf, 2 * number);
        tailOf[number] = new Tail(kind, function, event);
        changed = true;
      }
    }
  }

  private void makeRoom() {
    SeenText moreHeads = heads.withRoom();
    SeenText moreTails = tails.withRoom();
    if (moreHeads == null || moreTails == null) {
      heads = new SeenText();
      tails = new SeenText();
      headOf = new Head[16];
      tailOf = new Tail[16];
    } else {
      heads = moreHeads;
      tails = moreTails;
    }
  }

  /** Lets the decoders know what was learned. */
  void publish() {
    if (changed && stamps != Stamps.NONE) {
      changed = false;
      known = new Known(stamps, heads, heads.size(), headOf, tails, tails.size(), tailOf);
    }
  }

  /** Takes in the records from one on, up to the first line that is not understood. */
  int take(Block block, int from, LineCounts counts) {
    Known meaning = (Known) block.meaning;
    int record = from;
    int taken = 0;
    for (; record < block.size(); record++) {
      if (meaning != null && block.isKnown(record)) {
        Head head = meaning.headOf[block.head(record)];
        Tail tail = meaning.tailOf[block.tail(record)];
        taken += take(head, tail, block.timeNs(record)) ? 1 : 0;
      } else if (decodeAgain(block, record)) {
        taken += take(headOf[again.head], tailOf[again.tail], again.timeNs) ? 1 : 0;
      } else {
        break;
      }
    }
    counts.events += record - from;
    counts.records += taken;
    return record;
  }

  /** Decodes a line again, if more is known than when its block was decoded. */
  private boolean decodeAgain(Block block, int record) {
    publish();
    Known now = known;
    if (now == null || now == block.meaning) {
      return false;
    }
    int to = block.lineTo(record) + 1;
    return again.read(block.bytes(), now, block.lineFrom(record), to) == to;
  }

  private boolean take(Head head, Tail tail, long timeNs) {
    return matcher.take(
        tail.kind, timeNs, head.task, tail.function, tail.event, head.context, head.tellsContext);
  }
}
