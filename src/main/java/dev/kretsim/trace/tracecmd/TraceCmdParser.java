package dev.kretsim.trace.tracecmd;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.event.FtracePrefix;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.NameTable;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines of trace-cmd report. It prints kprobe events or what the function_graph tracer recorded;
 * which of them the trace is read as, the first line of either decides.
 */
public final class TraceCmdParser implements LineParser {
  private final Supplier<? extends LineParser> events;
  private final Supplier<? extends LineParser> graph;
  private final FtracePrefix prefix = new FtracePrefix();
  private @Nullable LineParser chosen;

  /** The name that lines begin with, if they do. */
  private @Nullable String file;

  private @Nullable Predicate<String> wanted;

  /** When the recording began that lines are from; {@link Line#NONE} if there is one only. */
  private long recordedFromNs = Line.NONE;

  /** Makers of the parsers for kprobe events and for function_graph. */
  public TraceCmdParser(
      Supplier<? extends LineParser> events, Supplier<? extends LineParser> graph) {
    this.events = events;
    this.graph = graph;
  }

  private @Nullable LineParser choose(Line line) {
    if (chosen == null) {
      if (line.contains(": funcgraph_e")) {
        choose(graph.get());
      } else if (prefix.read(line)
          && (line.at(prefix.payload) == '(' || line.has("__probe_", prefix.payload))) {
        choose(events.get());
      }
    }
    return chosen;
  }

  private LineParser chosen() {
    LineParser parser = chosen;
    return parser == null ? choose(events.get()) : parser;
  }

  private LineParser choose(LineParser parser) {
    if (wanted != null) {
      parser.only(wanted);
    }
    if (recordedFromNs != Line.NONE) {
      parser.newRecording(recordedFromNs);
    }
    chosen = parser;
    return parser;
  }

  @Override
  public void only(Predicate<String> isWanted) {
    wanted = isWanted;
  }

  /** Raw events show fields, not text. */
  static BadInputException printedRaw() {
    return new BadInputException(
        "raw events (trace-cmd report -R); print them again without -R: trace-cmd report");
  }

  /** Where several files are reported at once, each line begins with the name of its own. */
  private void checkFile(Line line) {
    int from = line.skipBlanks(0);
    int to = line.tokenEnd(from);
    boolean named = line.at(to - 1) == ':' && line.skipDigits(from) < to - 1;
    if (!named || !prefix.read(line)) {
      return;
    }
    String name = line.text(from, to - 1);
    if (file == null) {
      file = name;
    } else if (!file.equals(name)) {
      throw new BadInputException(
          "lines of "
              + file
              + " and "
              + name
              + " stand between each other, and each kernel has pools of its own; report one at a"
              + " time: trace-cmd report -i "
              + name);
    }
  }

  private static boolean isPreamble(Line line) {
    return line.has("cpus=", 0) || line.has("version = ", 0);
  }

  @Override
  public long stampNs(Line line) {
    LineParser parser = choose(line);
    return parser != null ? parser.stampNs(line) : prefix.read(line) ? prefix.timeNs : Line.NONE;
  }

  @Override
  public int stampCpu() {
    return chosen == null ? prefix.cpu : chosen.stampCpu();
  }

  @Override
  public void newRecording(long firstNs) {
    recordedFromNs = firstNs;
    if (chosen != null) {
      chosen.newRecording(firstNs);
    }
  }

  @Override
  public Verdict parse(Line line) {
    if (isPreamble(line)) {
      return Verdict.OTHER;
    }
    checkFile(line);
    LineParser parser = choose(line);
    if (parser != null) {
      return parser.parse(line);
    }
    return prefix.read(line) ? Verdict.OTHER : Verdict.DAMAGED;
  }

  @Override
  public boolean showsDurations() {
    return chosen != null && chosen.showsDurations();
  }

  @Override
  public void leaveOut() {
    if (chosen != null) {
      chosen.leaveOut();
    }
  }

  @Override
  public LineDecoder decoder() {
    return chosen == null ? new LineDecoder() : chosen.decoder();
  }

  @Override
  public int take(Block block, int from, LineCounts counts) {
    return chosen == null ? from : chosen.take(block, from, counts);
  }

  @Override
  public void publish() {
    if (chosen != null) {
      chosen.publish();
    }
  }

  @Override
  public String expected() {
    return chosen().expected();
  }

  @Override
  public int highestCpu() {
    return chosen().highestCpu();
  }

  @Override
  public NameTable functions() {
    return chosen == null ? new NameTable() : chosen.functions();
  }

  @Override
  public List<String> functionNames() {
    return chosen().functionNames();
  }

  @Override
  public List<String> eventsOf(int function) {
    return chosen().eventsOf(function);
  }

  @Override
  public @Nullable String lacking() {
    return chosen().lacking();
  }

  @Override
  public List<String> remarks() {
    return chosen().remarks();
  }

  @Override
  public CallMatcher matcher() {
    return chosen().matcher();
  }
}
