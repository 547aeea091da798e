package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Blocks;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineReader;
import dev.kretsim.trace.text.NameTable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of one file of a trace, and what is wrong with them. */
final class TraceLines {
  private static final int SHOWN = 60;

  /** How many numbers of damaged lines are named. */
  private static final int NAMED = 5;

  /** How much text that looks like nothing we know is read before giving up, in lines. */
  private static final int LINES_TO_DETECT = 1000;

  private final String source;
  private final LineReader reader;
  private final Line line;
  private final Notes notes;

  /** How many lines were before the next block. */
  private long linesBefore;

  private boolean refusesRecordings;

  /** The stamp of the current line; for merging. */
  private long stampNs = Line.NONE;

  TraceLines(String source, LineReader reader) {
    this(source, reader, new Notes());
  }

  private TraceLines(String source, LineReader reader, Notes notes) {
    this.notes = notes;
    this.source = source;
    this.reader = reader;
    this.line = reader.line();
  }

  /** Other lines of the same file, which what is wrong with any is told of together. */
  TraceLines with(LineReader other) {
    return new TraceLines(source, other, notes);
  }

  /** Where in the file the current line begins, in bytes. */
  long position() {
    return reader.position();
  }

  /** The current line's number, from 1. */
  long number() {
    return reader.number();
  }

  /** Moves to the next line; false at the end. */
  boolean next() {
    boolean more = reader.next();
    notes.lines = Math.max(notes.lines, reader.number());
    return more;
  }

  long stampNs() {
    return stampNs;
  }

  String source() {
    return source;
  }

  /** A message about this file that says where in it. */
  BadInputException located(BadInputException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(source + ":")
        ? e
        : BadInputException.at(source, Math.max(1, reader.number()), message);
  }

  /**
   * Goes on to the first line that tells the format.
   *
   * @return null if there is none because the trace is one of events without a single event
   * @throws BadInputException when this is no trace
   */
  @Nullable TraceFormat detect() {
    FormatDetector detector = new FormatDetector();
    OtherTools others = new OtherTools();
    int seen = 0;
    do {
      HeaderLines.read(line, notes);
      detector.noteHeader(line);
      TraceFormat format = detector.formatOf(line);
      if (format != null) {
        others.mind(format, line, reader.number(), source);
        return format;
      }
      others.note(line, reader.number());
      if (!notes.elisions.take(line, reader.number(), 0)
          && !isBlankOrComment()
          && !detector.isPreamble(line)) {
        countDamaged();
        notes.damagedBefore++;
      }
      seen += line.skipBlanks(line.skipDigits(line.skipBlanks(0))) < line.length() ? 1 : 0;
    } while (seen < LINES_TO_DETECT && reader.next());
    others.refuse(source);
    if (detector.isTrace(notes.damaged == 0)) {
      return detector.titled();
    }
    throw BadInputException.at(
        source, 1, detector.cause() + (notes.damaged == 0 ? "nothing" : notes.firstDamagedText));
  }

  /** The stamp that the current line shows. */
  long stampOf(LineParser parser) {
    int first = line.skipBlanks(0);
    boolean shows = first < line.length() && (line.at(first) != '#' || isRecordOf(parser, first));
    return shows ? parser.stampNs(line) : Line.NONE;
  }

  /** Takes in lines from the current one on until one shows a stamp; false if none does. */
  boolean stage(LineParser parser) {
    do {
      stampNs = stampOf(parser);
      if (stampNs != Line.NONE) {
        return true;
      }
      read(parser);
    } while (next());
    return false;
  }

  /** Takes the current line in, and all that follow and show no stamp; false at the end. */
  boolean readUntilStamp(LineParser parser) {
    read(parser);
    return next() && stage(parser);
  }

  /** Takes the current line in. */
  void read(LineParser parser) {
    int first = line.skipBlanks(0);
    if (first == line.length()) {
      return;
    }
    if (mayBeHeader(line.at(first)) && !isRecordOf(parser, first) && isHeader(parser, first)) {
      return;
    }
    if (notes.elisions.take(line, reader.number(), notes.counts.records)) {
      leaveOut(parser);
      return;
    }
    int functionsBefore = parser.functions().size();
    LineParser.Verdict verdict = parser.parse(line);
    notes.counts.events++;
    if (verdict == LineParser.Verdict.RECORD) {
      notes.counts.records++;
      if (!reader.terminated() && parser.functions().size() > functionsBefore) {
        checkWholeName(parser.functions());
      }
    } else if (verdict == LineParser.Verdict.DAMAGED) {
      countDamaged();
      if (isText(parser) && refusesRecordings && notes.counts.records > 0) {
        throw new AnotherRecording();
      }
    } else {
      if (notes.counts.records == 0) {
        notes.noteOther(line);
      }
      if (!reader.terminated() && notes.counts.records > 0) {
        throw truncated();
      }
    }
  }

  private static boolean mayBeHeader(byte begin) {
    return begin == '#' || begin == 'c' || begin == 'C' || begin == 'T' || begin == 'E';
  }

  /**
   * Whether the current line is none of a header, but a record: commands may be called as anything.
   * Only what is commented out has a blank behind its {@code #}.
   */
  private boolean isRecordOf(LineParser parser, int first) {
    return (line.at(first) != '#' || !Line.isBlank(line.at(first + 1)))
        && parser.stampNs(line) != Line.NONE;
  }

  /** Takes the current line in if it is one of a header, or says something of the recording. */
  private boolean isHeader(LineParser parser, int first) {
    byte begin = line.at(first);
    if (begin == '#' || ((begin == 'c' || begin == 'T') && beginsRecording())) {
      if (refusesRecordings && notes.counts.records > 0 && beginsRecording()) {
        throw new AnotherRecording();
      }
      HeaderLines.read(line, notes);
      return true;
    }
    if (begin == 'C' && HeaderLines.isRemark(line)) {
      readLost(parser, first);
      return true;
    }
    return isTitle(first);
  }

  /** The current line and all that follow it, in blocks; after that, lines come from those. */
  Blocks blocks() {
    linesBefore = reader.number() - 1;
    return new Blocks(reader);
  }

  /** Takes in the lines of the next block. */
  void take(Block block, LineParser parser) {
    int record = parser.take(block, 0, notes.counts);
    while (record < block.size()) {
      reader.show(block, record, linesBefore);
      read(parser);
      record = parser.take(block, record + 1, notes.counts);
    }
    reader.passed(block, linesBefore);
    linesBefore += block.lines();
    notes.lines = linesBefore;
    parser.publish();
  }

  /** What a tool prints before and after a trace. */
  private boolean isTitle(int first) {
    return line.has("Tracing ", first) || line.has("Ending tracing", first);
  }

  private void leaveOut(LineParser parser) {
    if (refusesRecordings && notes.counts.records > 0 && !parser.showsDurations()) {
      throw new AnotherRecording();
    }
    parser.leaveOut();
  }

  private void readLost(LineParser parser, int first) {
    int bracket = line.indexOf('[', first);
    boolean lost = line.has("[LOST ", bracket);
    if (!lost && !line.contains("EVENTS DROPPED]")) {
      return;
    }
    int from = bracket + (lost ? "[LOST ".length() : 1);
    notes.lostEvents += Math.max(1, line.number(from, line.skipDigits(from)));
    int cpu = first + "CPU:".length();
    parser.lostEvents((int) Math.min(Short.MAX_VALUE, line.number(cpu, line.skipDigits(cpu))));
  }

  private void countDamaged() {
    if (!reader.terminated() && notes.counts.records > 0) {
      throw truncated();
    }
    notes.damaged++;
    if (notes.damagedLines.isEmpty()) {
      notes.firstDamagedText = shown(line.toString());
    }
    if (notes.damagedLines.size() < NAMED) {
      notes.damagedLines.add(reader.number());
    }
  }

  private boolean isBlankOrComment() {
    int first = line.skipBlanks(0);
    return first == line.length() || line.at(first) == '#';
  }

  /** A name that only the unfinished last line has, and that begins another, was cut off. */
  private void checkWholeName(NameTable functions) {
    int last = functions.size() - 1;
    for (int function = 0; function < last; function++) {
      if (functions.name(function).startsWith(functions.name(last))) {
        throw truncated();
      }
    }
  }

  private BadInputException truncated() {
    return BadInputException.at(
        source,
        reader.number(),
        "the last line is cut off: the trace is truncated; copy it again, or drop that line with:"
            + " sed '$d'");
  }

  private static String shown(String text) {
    String plain = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
    return "'" + (plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain) + "'";
  }

  /** Whether there was an entry or return. */
  boolean usable() {
    return notes.counts.records > 0;
  }

  /** Refuses a file of which the end is missing. */
  void checkWhole(LineParser parser) {
    if (notes.counts.records > 0 && !reader.terminated() && notes.lacksEvents(parser)) {
      throw truncated();
    }
  }

  /** What to say of a file without an entry or return. */
  BadInputException useless(LineParser parser) {
    return new LineRemarks(source, notes, parser).useless();
  }

  /** Whether the current line is the first of a recording's header. */
  private boolean beginsRecording() {
    return HeaderLines.beginsRecording(line);
  }

  /** Adds what the current line, which has no stamp, tells of a run that begins below it. */
  void addBegins(LineParser parser, Set<Run.Begin> begins) {
    if (beginsRecording()) {
      begins.add(Run.Begin.UNDER_HEADER);
    }
    if (!parser.showsDurations() && Elisions.isOne(line)) {
      begins.add(Run.Begin.AFTER_A_GAP);
    }
    if (isText(parser)) {
      begins.add(Run.Begin.UNDER_TEXT);
    }
  }

  /** Whether the current line is a sentence, where nothing tells which calls go on behind it. */
  private boolean isText(LineParser parser) {
    return !parser.showsDurations() && Elisions.isText(line);
  }

  /** A header behind entries and returns shall be an {@link AnotherRecording}. */
  void refuseRecordings() {
    refusesRecordings = true;
  }

  /** Says that a file holds several recordings. */
  @SuppressWarnings("serial")
  static final class AnotherRecording extends RuntimeException {
    private AnotherRecording() {
      super("a header between the lines", null, false, false);
    }
  }

  /** What was noticed in the lines. */
  Notes notes() {
    return notes;
  }

  /** The CPUs that the header tells; 0 if it doesn't. */
  int headerCpus() {
    return notes.headerCpus;
  }

  /** What the user should know of the lines. */
  void remark(LineParser parser, List<String> remarks) {
    new LineRemarks(source, notes, parser).addTo(remarks, reader.firstHole());
  }
}
