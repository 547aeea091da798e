package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.calls.CallsParser;
import dev.kretsim.trace.event.FtracePrefix;
import dev.kretsim.trace.event.FunctionAddresses;
import dev.kretsim.trace.event.PerfPrefix;
import dev.kretsim.trace.graph.Columns;
import dev.kretsim.trace.histogram.HistogramTables;
import dev.kretsim.trace.text.Line;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a trace's format by its first lines. */
final class FormatDetector {
  /** Lines of tables: wanted only where no line of a trace comes first. */
  private static final class Tables {
    private static final Pattern BPFTRACE =
        Pattern.compile("@\\w*(?:\\[.*\\])?: *|@\\w*\\[|\\{\"type\": ?\"l?hist\".*");
    private static final Pattern ATTACHING =
        Pattern.compile("Attach(?:ing|ed) (?:to )?\\d+ probes?.*");
    private static final Pattern BCC = Pattern.compile("\\s*\\S.* : count +distribution.*");
    private static final Pattern TITLE = Pattern.compile("Tracing .*(?:\\.\\.\\.|[Cc]trl-C).*");
    private static final Pattern ARGDIST = Pattern.compile("\\[\\d\\d:\\d\\d:\\d\\d]");
    private static final Pattern ROW = Pattern.compile("\\d+ +-> +\\d+ +: +\\d+.*");
    private static final Pattern PROFILE = Pattern.compile("\\s*[A-Za-z_]\\w* +\\d+ +\\d+ *");

    private Tables() {}
  }

  private static final int FIRST_LINES = 3;

  /** Longer than what people write above a table. */
  private static final int LONGEST = 1000;

  private final FtracePrefix prefix = new FtracePrefix();
  private final PerfPrefix perfPrefix = new PerfPrefix();
  private final Columns columns = new Columns();
  private boolean eventHeader;
  private boolean title;
  private boolean attaching;
  private boolean headless;
  private @Nullable String columnsNamed;
  private boolean binary;
  private int lines;

  /**
   * What one line says about the format.
   *
   * @return null if it says nothing
   * @throws BadInputException when it shows a format that is known but not read
   */
  @Nullable TraceFormat formatOf(Line line) {
    if (lines == 0) {
      OtherFiles.refuse(line);
    }
    binary |= lines++ < FIRST_LINES && OtherFiles.isBinary(line);
    int first = line.skipBlanks(0);
    if (line.at(first) == '#') {
      if (line.contains("DURATION ") && HistogramTables.isLatencyOfPerf(line.toString())) {
        return TraceFormat.FUNCLATENCY;
      }
      if (line.length() < LONGEST) {
        noteColumns(line.toString().strip().replaceFirst("^#+\\s*", ""));
      }
      return line.contains("tracer: function_graph") ? TraceFormat.FUNCTION_GRAPH : null;
    }
    if (line.has("cpus=", 0)) {
      return TraceFormat.TRACE_CMD;
    }
    if (isCall(line)) {
      if (columnsNamed != null) {
        CallsParser.checkHeader(columnsNamed);
      }
      return TraceFormat.CALLS;
    }
    if (isGraph(line, first)) {
      return TraceFormat.FUNCTION_GRAPH;
    }
    if (prefix.read(line)) {
      boolean printedByTool = line.has("funcgraph_e", prefix.eventFrom) || showsAddress(line);
      return printedByTool ? TraceFormat.TRACE_CMD : TraceFormat.EVENTS;
    }
    if (perfPrefix.read(line)) {
      return TraceFormat.PERF;
    }
    return line.length() < LONGEST ? table(line.toString()) : null;
  }

  private @Nullable TraceFormat table(String line) {
    String text = line.strip();
    title |= Tables.TITLE.matcher(text).matches() || Tables.ARGDIST.matcher(text).matches();
    attaching |= Tables.ATTACHING.matcher(text).matches();
    headless |= Tables.ROW.matcher(text).matches();
    noteColumns(text);
    if (Tables.BPFTRACE.matcher(text).matches()) {
      return TraceFormat.BPFTRACE;
    }
    if (Tables.BCC.matcher(text).matches() || HistogramTables.isLatencyOfPerf(text)) {
      return TraceFormat.FUNCLATENCY;
    }
    return !attaching && Tables.PROFILE.matcher(text).matches() ? TraceFormat.PROFILE : null;
  }

  private void noteColumns(String text) {
    if (CallsParser.namesColumns(text)) {
      columnsNamed = text;
    }
  }

  /** Whether a line that tells nothing belongs to no trace, but to what a tool prints before. */
  boolean isPreamble(Line line) {
    return line.has("version = ", 0)
        || HeaderLines.isRemark(line)
        || line.at(line.skipBlanks(0)) == '-'
        || title(line)
        || line.contains(" => ");
  }

  /**
   * What the text was printed by where no line of it decides: a tool's title is followed by any
   * format.
   */
  @Nullable TraceFormat titled() {
    return attaching ? TraceFormat.BPFTRACE : title ? TraceFormat.FUNCLATENCY : null;
  }

  /**
   * Whether this is a trace although no line of it decides.
   *
   * @param onlyHeader whether the lines were those of a header
   */
  boolean isTrace(boolean onlyHeader) {
    return titled() != null || (eventHeader && onlyHeader);
  }

  /** Why a text is not read, up to what was seen in it. */
  String cause() {
    if (binary) {
      return "not a trace that is read: it is no text; print the trace as text first, one of"
          + " Perfetto with: traceconv systrace FILE; seen: ";
    }
    if (headless) {
      return "rows of a table of times without the line above them, which tells their unit; add it,"
          + " such as '     usecs : count distribution'; seen: ";
    }
    return (eventHeader
            ? "a trace's header, but no line of one; is there something before each line?"
            : "not a trace that is read; record one: kretsim record FUNCTION")
        + "; seen: ";
  }

  /** Takes note of a header line. */
  void noteHeader(Line line) {
    eventHeader |= line.contains("# tracer:");
  }

  private static boolean title(Line line) {
    return line.has("Tracing ", line.skipBlanks(0)) || line.has("Attach", line.skipBlanks(0));
  }

  private boolean showsAddress(Line line) {
    int digits = line.skipHexDigits(prefix.payload + 1) - prefix.payload - 1;
    return (line.at(prefix.payload) == '(' && digits >= FunctionAddresses.LEAST_DIGITS)
        || line.has("__probe_", prefix.payload);
  }

  private static boolean isCall(Line line) {
    if (CallsParser.isHeader(line)) {
      return true;
    }
    int comma = line.indexOf(',', 0);
    int second = comma == Line.NONE ? Line.NONE : line.indexOf(',', comma + 1);
    return second != Line.NONE
        && isNumber(line, 0, comma)
        && (line.skipBlanks(comma + 1) == second || isNumber(line, comma + 1, second));
  }

  private static boolean isNumber(Line line, int from, int to) {
    int blank = line.skipBlanks(from);
    int first = line.at(blank) == '"' ? blank + 1 : blank;
    int digits = line.skipDigits(first);
    int end = first > blank && line.at(digits) == '"' ? digits + 1 : digits;
    return digits > first && line.skipBlanks(end) == to;
  }

  private boolean isGraph(Line line, int first) {
    return Line.isDigit(line.at(first))
        && columns.read(line, first) == Columns.Kind.CALL
        && (columns.cpu != Line.NONE || columns.timeNs != Line.NONE)
        && (line.contains(");")
            || line.contains(") {")
            || line.indexOf('}', columns.callsFrom) != Line.NONE);
  }
}
