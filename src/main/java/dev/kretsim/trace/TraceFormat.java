package dev.kretsim.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that a trace can have. */
public enum TraceFormat {
  /** Text of the function_graph tracer, with absolute time and task. */
  FUNCTION_GRAPH {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new GraphParser(new GraphMatcher(order, before));
    }
  },
  /** Trace text of kprobe entry and return events. */
  EVENTS {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new EventsParser(new EventMatcher(order, before, pass == Pass.FIRST));
    }
  },
  /** CSV, one call a line. */
  CALLS {
    @Override
    LineParser parser(TimeOrder order, Knowledge before, Pass pass) {
      return new CallsParser(new CallsMatcher(order, before), pass == Pass.SORTING);
    }
  };

  /** How a pass over the trace differs from another. */
  enum Pass {
    FIRST,
    INFORMED,
    SORTING
  }

  /** Makes what understands the lines and pairs them. */
  abstract LineParser parser(TimeOrder order, Knowledge before, Pass pass);

  /** The name used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
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
