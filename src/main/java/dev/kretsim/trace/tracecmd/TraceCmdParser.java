package dev.kretsim.trace.tracecmd;

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
 * which of them the trace is read as, the first such line decides.
 */
public final class TraceCmdParser implements LineParser {
  private final Supplier<? extends LineParser> events;
  private final Supplier<? extends LineParser> graph;
  private @Nullable LineParser chosen;
  private @Nullable Predicate<String> wanted;

  /** Makers of the parsers for kprobe events and for function_graph. */
  public TraceCmdParser(
      Supplier<? extends LineParser> events, Supplier<? extends LineParser> graph) {
    this.events = events;
    this.graph = graph;
  }

  private LineParser choose(Line line) {
    LineParser parser = chosen;
    return parser == null
        ? choose((line.contains(": funcgraph_e") ? graph : events).get())
        : parser;
  }

  private LineParser chosen() {
    LineParser parser = chosen;
    return parser == null ? choose(events.get()) : parser;
  }

  private LineParser choose(LineParser parser) {
    if (wanted != null) {
      parser.only(wanted);
    }
    chosen = parser;
    return parser;
  }

  @Override
  public void only(Predicate<String> isWanted) {
    wanted = isWanted;
  }

  /** {@code CPU 3 is empty}. */
  public static boolean isEmptyCpu(Line line) {
    return line.has("CPU ", 0) && line.has(" is empty", line.skipDigits("CPU ".length()));
  }

  private static boolean isPreamble(Line line) {
    return line.has("cpus=", 0) || line.has("version = ", 0) || isEmptyCpu(line);
  }

  @Override
  public long stampNs(Line line) {
    return isPreamble(line) ? Line.NONE : choose(line).stampNs(line);
  }

  @Override
  public int stampCpu() {
    return chosen == null ? -1 : chosen.stampCpu();
  }

  @Override
  public void newRecording(long firstNs) {
    chosen().newRecording(firstNs);
  }

  @Override
  public Verdict parse(Line line) {
    return isPreamble(line) ? Verdict.OTHER : choose(line).parse(line);
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
  public List<String> remarks() {
    return chosen().remarks();
  }

  @Override
  public CallMatcher matcher() {
    return chosen().matcher();
  }
}
