package dev.kretsim.trace.read;

import dev.kretsim.trace.calls.CallsMatcher;
import dev.kretsim.trace.calls.CallsParser;
import dev.kretsim.trace.calls.CallsWriter;
import dev.kretsim.trace.event.EventMatcher;
import dev.kretsim.trace.event.EventsParser;
import dev.kretsim.trace.event.FtracePrefix;
import dev.kretsim.trace.event.PerfParser;
import dev.kretsim.trace.event.PerfPrefix;
import dev.kretsim.trace.graph.GraphMatcher;
import dev.kretsim.trace.graph.GraphParser;
import dev.kretsim.trace.pairing.Knowledge;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TimeOrder;
import dev.kretsim.trace.profile.ProfileDelta;
import dev.kretsim.trace.tracecmd.TraceCmdGraphParser;
import dev.kretsim.trace.tracecmd.TraceCmdParser;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that a trace can have. */
public enum TraceFormat {
  /** Text of the function_graph tracer. */
  FUNCTION_GRAPH(Kind.CALLS) {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new GraphParser(new GraphMatcher(order, before));
    }
  },
  /** Trace text of kprobe entry and return events. */
  EVENTS(Kind.CALLS) {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new EventsParser(new FtracePrefix(), eventMatcher(order, before, pass));
    }
  },
  /** What trace-cmd report prints: kprobe events or the function_graph plugin's. */
  TRACE_CMD(Kind.CALLS) {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new TraceCmdParser(
          () -> new EventsParser(new FtracePrefix(), eventMatcher(order, before, pass)),
          () -> new TraceCmdGraphParser(new GraphMatcher(order, before)));
    }
  },
  /** What perf script prints of kprobe events. */
  PERF(Kind.CALLS) {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new PerfParser(new EventsParser(new PerfPrefix(), eventMatcher(order, before, pass)));
    }
  },
  /** Histograms of bpftrace, as text or JSON. */
  BPFTRACE(Kind.HOLDS),
  /** Histograms of bcc's funclatency or argdist. */
  FUNCLATENCY(Kind.HOLDS),
  /** Snapshots of kprobe_profile. */
  PROFILE(Kind.COUNTERS),
  /** Our own: CSV, one call a line, or the binary form that {@link CallsWriter} writes. */
  CALLS(Kind.CALLS) {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new CallsParser(new CallsMatcher(order, before), pass == Pass.SORTING);
    }
  };

  /** What a source of some format can tell. */
  public enum Kind {
    /** Each call with its time: {@link TraceReader} reads them. */
    CALLS,
    /** How long calls took, but not when: {@link HoldReader} reads it. */
    HOLDS,
    /** How many calls were hit and missed: {@link ProfileDelta#read} reads it. */
    COUNTERS
  }

  /** How a pass over the trace differs from another. */
  enum Pass {
    FIRST,
    INFORMED,
    SORTING
  }

  private final Kind kind;

  TraceFormat(Kind kind) {
    this.kind = kind;
  }

  /** What it tells, except that {@link #FUNCTION_GRAPH} may lack the time. */
  public Kind kind() {
    return kind;
  }

  /** Makes what understands the lines and pairs them; for formats that tell calls. */
  LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
    throw new IllegalStateException(label() + " tells no calls");
  }

  private static EventMatcher eventMatcher(TimeOrder order, Knowledge before, Pass pass) {
    return new EventMatcher(order, before, pass == Pass.FIRST);
  }

  /** The name used on the command line. */
  public String label() {
    return this == TRACE_CMD ? "trace-cmd" : name().toLowerCase(Locale.ROOT);
  }

  /** The format of that name. */
  public static Optional<TraceFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /** All names, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(TraceFormat::label).collect(Collectors.joining(", "));
  }
}
