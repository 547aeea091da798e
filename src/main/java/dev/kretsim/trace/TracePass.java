package dev.kretsim.trace;

import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over the lines of a trace. */
final class TracePass {
  private static final int SHOWN = 60;

  /** How much text that looks like nothing we know is read before giving up, in lines. */
  private static final int LINES_TO_DETECT = 1000;

  private final String source;
  private final LineReader reader;
  private final Line line;
  private long damaged;
  private long firstDamaged;
  private long lostEvents;
  private long records;
  private int headerCpus;
  private boolean overwritten;
  private long events;
  private long announcedEvents;
  private String firstDamagedText = "";

  TracePass(String source, LineReader reader) {
    this.source = source;
    this.reader = reader;
    this.line = reader.line();
  }

  /** Makes the parser once the format is known. */
  interface ParserFactory {
    LineParser of(TraceFormat format);
  }

  /**
   * Reads all lines.
   *
   * @param format null: told by content
   * @return the parser that was used
   * @throws BadInputException when the trace cannot be used
   */
  LineParser run(@Nullable TraceFormat format, ParserFactory parsers) {
    try {
      if (!reader.next()) {
        throw new BadInputException(source + ": is empty; expected a trace");
      }
      LineParser parser = parsers.of(format != null ? format : detect());
      do {
        read(parser);
      } while (reader.next());
      checkUsable(parser);
      parser.finish();
      parser.matcher().finish();
      return parser;
    } catch (BadInputException e) {
      throw located(e);
    }
  }

  private BadInputException located(BadInputException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(source + ":")
        ? e
        : BadInputException.at(source, Math.max(1, reader.number()), message);
  }

  /** Goes on to the first line that tells the format. */
  private TraceFormat detect() {
    FormatDetector detector = new FormatDetector();
    do {
      readHeader();
      detector.noteHeader(line);
      TraceFormat format = detector.formatOf(line);
      if (format != null) {
        return format;
      }
      if (!isBlankOrComment()) {
        countDamaged();
      }
    } while (reader.number() < LINES_TO_DETECT && reader.next());
    if (detector.sawEventHeader()) {
      throw new BadInputException(
          "a trace without a single event; were the probes enabled and tracing_on 1?");
    }
    throw BadInputException.at(
        source,
        1,
        "not a trace that is read (expected one of: "
            + TraceFormat.labels()
            + "), seen: "
            + (firstDamaged == 0 ? "nothing" : firstDamagedText));
  }

  private void read(LineParser parser) {
    int first = line.skipBlanks(0);
    if (first == line.length()) {
      return;
    }
    if (line.at(first) == '#') {
      readHeader();
      return;
    }
    if (line.has("CPU:", first) && line.contains("[LOST ")) {
      int from = line.indexOf("[LOST ", first) + "[LOST ".length();
      lostEvents += Math.max(1, line.number(from, line.skipDigits(from)));
      return;
    }
    int functionsBefore = parser.functions().size();
    LineParser.Verdict verdict = parser.parse(line);
    events++;
    if (verdict == LineParser.Verdict.RECORD) {
      records++;
      if (!reader.terminated() && parser.functions().size() > functionsBefore) {
        checkWholeName(parser.functions());
      }
    } else if (verdict == LineParser.Verdict.DAMAGED) {
      countDamaged();
    } else if (!reader.terminated() && records > 0) {
      throw truncated();
    }
  }

  private void countDamaged() {
    if (!reader.terminated() && records > 0) {
      throw truncated();
    }
    damaged++;
    if (firstDamaged == 0) {
      firstDamaged = reader.number();
      firstDamagedText = shown(line.toString());
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

  private void readHeader() {
    int cpus = line.indexOf("#P:", 0);
    if (cpus != Line.NONE) {
      int from = cpus + "#P:".length();
      headerCpus = (int) Math.min(1 << 16, Math.max(0, line.number(from, line.skipDigits(from))));
    }
    int entries = line.indexOf("entries-in-buffer/entries-written:", 0);
    if (entries != Line.NONE) {
      int from = line.skipBlanks(line.indexOf(':', entries) + 1);
      int slash = line.skipDigits(from);
      long written = line.number(slash + 1, line.skipDigits(slash + 1));
      announcedEvents = Math.max(0, line.number(from, slash));
      overwritten |= announcedEvents < written;
    }
  }

  private void checkUsable(LineParser parser) {
    if (records > 0 && !reader.terminated() && announcesMore(parser)) {
      throw truncated();
    }
    if (records > 0) {
      return;
    }
    if (firstDamaged > 0) {
      throw BadInputException.at(
          source,
          firstDamaged,
          "no usable line; expected " + parser.expected() + ", seen: " + firstDamagedText);
    }
    throw new BadInputException(
        source
            + ": has no entry or return of a function; expected lines like "
            + parser.expected());
  }

  /** Whether the header counts more events than there are; it counts differently for graphs. */
  private boolean announcesMore(LineParser parser) {
    return parser instanceof EventsParser && events < announcedEvents;
  }

  /** The CPUs of the machine, as far as the header or the lines show; 0 if they don't. */
  int possibleCpus(LineParser parser) {
    return headerCpus > 0 ? headerCpus : parser.highestCpu() + 1;
  }

  /** What the user should know of the lines. */
  List<String> remarks(LineParser parser) {
    List<String> remarks = new ArrayList<>();
    if (damaged > 0) {
      remarks.add(
          source
              + ":"
              + firstDamaged
              + ": warning: "
              + (damaged == 1
                  ? "a damaged line was"
                  : damaged + " damaged lines, the first here, were")
              + " passed over; expected "
              + parser.expected()
              + ", seen: "
              + firstDamagedText);
    }
    if (lostEvents > 0) {
      remarks.add(
          source
              + ": warning: the trace lost "
              + lostEvents
              + " events; record with a larger buffer_size_kb");
    }
    if (overwritten) {
      remarks.add(
          source
              + ": warning: the ring buffer overwrote the beginning; record with a larger"
              + " buffer_size_kb");
    }
    if (announcesMore(parser)) {
      remarks.add(
          source
              + ": warning: the header announces "
              + announcedEvents
              + " events, but only "
              + events
              + " are there: the end may be cut off");
    }
    if (parser.matcher().order.stepsBack() > 0) {
      remarks.add(
          source
              + ": warning: "
              + parser.matcher().order.stepsBack()
              + " stamps lie before the one above them and were taken as equal to it");
    }
    return remarks;
  }
}
