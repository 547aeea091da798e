package dev.kretsim.trace.graph;

import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.SeenText;
import dev.kretsim.trace.text.Stamps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What pieces of function_graph lines were seen to mean. A line consists of the stamp, its head
 * (CPU, task and flags), the duration, and its tail, which is what was called. So do lines between
 * that tell of a task switch; where each line shows its task, they end an interrupt at most.
 *
 * <p>Lines are learned in order, by whoever pairs them. Decoders use what is known when they begin
 * a block.
 */
final class GraphTexts {
  /** In place of a head: the line is one between. */
  static final int BETWEEN = Integer.MAX_VALUE;

  /** What a tail tells. */
  enum Kind {
    ENTRY,
    LEAF,
    RETURN
  }

  /** The task and the CPU. */
  record Head(TaskState task, int cpu) {}

  /** The function is {@link Line#NONE} where a brace does not name it. */
  record Tail(Kind kind, int indent, int function) {}

  /**
   * What is known at some time: the columns, and by number what texts mean.
   *
   * @param headLength from the stamp to the duration
   * @param width of the duration, with the bar behind it
   */
  record Known(
      Stamps stamps,
      int headLength,
      int width,
      SeenText heads,
      int headsKnown,
      Head[] headOf,
      SeenText tails,
      int tailsKnown,
      Tail[] tailOf,
      SeenText between,
      int betweenKnown,
      int[] cpuOf) {}

  private final GraphMatcher matcher;
  private final InterruptFrames interrupts;
  private Stamps stamps = Stamps.NONE;
  private int headLength;
  private int width;
  private SeenText heads = new SeenText();
  private SeenText tails = new SeenText();
  private SeenText between = new SeenText();
  private Head[] headOf = new Head[16];
  private Tail[] tailOf = new Tail[16];
  private int[] cpuOf = new int[16];
  private boolean changed;
  private volatile @Nullable Known known;

  /** For lines of a kind that was learned after their block was decoded. */
  private final GraphDecoder again = new GraphDecoder(this);

  GraphTexts(GraphMatcher matcher, InterruptFrames interrupts) {
    this.matcher = matcher;
    this.interrupts = interrupts;
  }

  /** What is known; null if nothing. */
  @Nullable Known known() {
    return known;
  }

  /** Learns from the line of a call that was read column by column and shows its task. */
  void learn(Line line, Columns columns, TaskState task, Kind kind, int indent, int function) {
    int length = columns.durationFrom - columns.stampTo;
    int newWidth = columns.callsFrom - columns.durationFrom;
    Stamps found = Stamps.learn(stamps, line, 0, columns.stampTo);
    if (found == Stamps.NONE || !SeenText.fits(length) || !DurationColumn.fits(newWidth)) {
      return;
    }
    changed |= found != stamps || length != headLength || newWidth != width;
    stamps = found;
    headLength = length;
    width = newWidth;
    makeRoom();
    int before = heads.size();
    int head = heads.keep(line.buffer(), line.offset(columns.stampTo), headLength);
    if (head == before) {
      headOf = head < headOf.length ? headOf : Arrays.copyOf(headOf, 2 * head);
      headOf[head] = new Head(task, columns.cpu);
      changed = true;
    }
    int tail = keep(tails, line, columns.callsFrom);
    if (tail != Line.NONE) {
      tailOf = tail < tailOf.length ? tailOf : Arrays.copyOf(tailOf, 2 * tail);
      tailOf[tail] = new Tail(kind, indent, function);
    }
  }

  /** Keeps a line's end, newline included, if it is new; tells its number if it was kept. */
  private int keep(SeenText seen, Line line, int from) {
    int length = line.lengthWithNewline() - from;
    if (line.lengthWithNewline() == Line.NONE || !SeenText.fits(length)) {
      return Line.NONE;
    }
    int before = seen.size();
    int number = seen.keepUpTo(line.buffer(), line.offset(from), length);
    changed |= number == before;
    return number == before ? number : Line.NONE;
  }

  /** Learns a line that is no call, of a trace in which each call shows its task. */
  void learnBetween(Line line, int cpu) {
    makeRoom();
    int number = keep(between, line, 0);
    if (number != Line.NONE) {
      cpuOf = number < cpuOf.length ? cpuOf : Arrays.copyOf(cpuOf, 2 * number);
      cpuOf[number] = cpu;
    }
  }

  private void makeRoom() {
    SeenText moreHeads = heads.withRoom();
    SeenText moreTails = tails.withRoom();
    SeenText moreBetween = between.withRoom();
    if (moreHeads == null || moreTails == null || moreBetween == null) {
      heads = new SeenText();
      tails = new SeenText();
      between = new SeenText();
      headOf = new Head[16];
      tailOf = new Tail[16];
      cpuOf = new int[16];
    } else {
      heads = moreHeads;
      tails = moreTails;
      between = moreBetween;
    }
  }

  /** Lets the decoders know what was learned. */
  void publish() {
    if (changed && stamps != Stamps.NONE) {
      changed = false;
      known =
          new Known(
              stamps,
              headLength,
              width,
              heads,
              heads.size(),
              headOf,
              tails,
              tails.size(),
              tailOf,
              between,
              between.size(),
              cpuOf);
    }
  }

  /** Takes in the records from one on, up to the first line that is not understood. */
  int take(Block block, int from, LineCounts counts) {
    Known meaning = (Known) block.meaning;
    int record = from;
    int switches = 0;
    for (; record < block.size(); record++) {
      if (meaning != null && block.isKnown(record)) {
        int head = block.head(record);
        int tail = block.tail(record);
        if (head == BETWEEN) {
          interrupts.over(meaning.cpuOf[tail]);
          switches++;
        } else {
          take(
              meaning.headOf[head],
              meaning.tailOf[tail],
              block.timeNs(record),
              block.holdNs(record));
        }
      } else if (decodeAgain(block, record)) {
        if (again.head == BETWEEN) {
          interrupts.over(cpuOf[again.tail]);
          switches++;
        } else {
          take(headOf[again.head], tailOf[again.tail], again.timeNs, again.holdNs);
        }
      } else {
        break;
      }
    }
    counts.events += record - from;
    counts.records += record - from - switches;
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
    return again.reads(block.bytes(), now, block.lineFrom(record), to);
  }

  private void take(Head head, Tail tail, long timeNs, long holdNs) {
    matcher.take(
        tail.kind,
        timeNs,
        holdNs,
        head.task,
        tail.indent,
        tail.function,
        interrupts.context(head.cpu, tail.indent));
  }
}
