package dev.kretsim.trace.tracecmd;

import dev.kretsim.trace.event.FtracePrefix;
import dev.kretsim.trace.graph.GraphCalls;
import dev.kretsim.trace.graph.GraphMatcher;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.NameTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What trace-cmd report prints of a function_graph trace: {@code TASK-PID [CPU] TIME:
 * funcgraph_entry: DURATION | calls}.
 */
public final class TraceCmdGraphParser implements LineParser {
  private static final String EVENT = "funcgraph_e";

  private final GraphCalls calls;
  private final FtracePrefix prefix = new FtracePrefix();
  private int highestCpu = -1;
  private long probeEvents;

  public TraceCmdGraphParser(GraphMatcher matcher) {
    this.calls = new GraphCalls(matcher);
  }

  @Override
  public long stampNs(Line line) {
    return prefix.read(line) ? prefix.timeNs : Line.NONE;
  }

  @Override
  public int stampCpu() {
    return prefix.cpu;
  }

  @Override
  public Verdict parse(Line line) {
    if (!prefix.read(line)) {
      return Verdict.DAMAGED;
    }
    if (!line.has(EVENT, prefix.eventFrom)) {
      probeEvents +=
          line.at(prefix.payload) == '(' && Line.isHexDigit(line.at(prefix.payload + 1)) ? 1 : 0;
      return Verdict.OTHER;
    }
    int bar = line.indexOf('|', prefix.payload);
    if (bar == Line.NONE) {
      if (line.contains("func=") && functions().size() == 0) {
        throw TraceCmdParser.printedRaw();
      }
      return Verdict.DAMAGED;
    }
    if (highestCpu < 0) {
      calls.matcher().setResolution(prefix.resolutionNs);
    }
    highestCpu = Math.max(highestCpu, prefix.cpu);
    return calls.parse(
        line,
        prefix.eventTo,
        bar + 1,
        prefix.timeNs,
        calls.matcher().task(prefix.pid, prefix.cpu),
        prefix.context);
  }

  @Override
  public boolean showsDurations() {
    return true;
  }

  @Override
  public void leaveOut() {
    calls.matcher().leaveOut();
  }

  @Override
  public List<String> remarks() {
    return probeEvents == 0
        ? calls.remarks()
        : Stream.concat(
                calls.remarks().stream(),
                Stream.of(
                    "warning: "
                        + probeEvents
                        + " lines of probe events were left out, as lines of function_graph came"
                        + " first; to plan from those, take the others out: grep -v funcgraph_e"))
            .toList();
  }

  @Override
  public String expected() {
    return "'TASK-PID [CPU] TIME: funcgraph_entry: DURATION us | function() {'";
  }

  @Override
  public int highestCpu() {
    return Math.max(0, highestCpu);
  }

  @Override
  public NameTable functions() {
    return calls.functions();
  }

  @Override
  public CallMatcher matcher() {
    return calls.matcher();
  }
}
