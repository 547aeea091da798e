package dev.kretsim.trace;

import dev.kretsim.kernel.BadInputException;
import org.jspecify.annotations.Nullable;

/** Tells a trace's format by its first lines. */
final class FormatDetector {
  private final EventPrefix prefix = new EventPrefix();
  private boolean eventHeader;

  /**
   * What one line says about the format.
   *
   * @return null if it says nothing
   * @throws BadInputException when it shows a format that is known but not read
   */
  @Nullable TraceFormat formatOf(Line line) {
    refuse(line, "cpus=", "the output of trace-cmd report");
    refuse(line, "PERFILE2", "a perf.data file");
    refuse(line, "Attaching ", "the output of bpftrace");
    refuse(line, "@[", "the output of bpftrace");
    refuse(line, "@: ", "the output of bpftrace");
    if (line.contains(" latency trace v")) {
      throw new BadInputException(
          "a trace in latency format; record without: echo 0 > options/latency-format");
    }
    int first = line.skipBlanks(0);
    if (line.at(first) == '#') {
      return line.contains("tracer: function_graph") ? TraceFormat.FUNCTION_GRAPH : null;
    }
    if (isCall(line)) {
      return TraceFormat.CALLS;
    }
    if (isGraph(line, first)) {
      return TraceFormat.FUNCTION_GRAPH;
    }
    return prefix.read(line) ? TraceFormat.EVENTS : null;
  }

  /** Whether the first lines look like ftrace's event text although no event was among them. */
  boolean sawEventHeader() {
    return eventHeader;
  }

  /** Takes note of a header line. */
  void noteHeader(Line line) {
    eventHeader |= line.contains("# tracer:");
  }

  private static boolean isCall(Line line) {
    if (line.has("entry_ns,", line.skipBlanks(0))) {
      return true;
    }
    int comma = line.indexOf(',', 0);
    int second = comma == Line.NONE ? Line.NONE : line.indexOf(',', comma + 1);
    int digits = line.skipDigits(line.skipBlanks(0));
    return second != Line.NONE && digits > 0 && line.skipBlanks(digits) == comma;
  }

  private static boolean isGraph(Line line, int first) {
    int bar = line.indexOf('|', first);
    boolean call =
        line.contains(");") || line.contains(") {") || line.indexOf('}', first) != Line.NONE;
    return bar != Line.NONE && line.contains(") ") && call && Line.isDigit(line.at(first));
  }

  private static void refuse(Line line, String beginning, String what) {
    if (line.has(beginning, 0)) {
      throw new BadInputException(
          what + " is not read yet; expected one of: " + TraceFormat.labels());
    }
  }
}
