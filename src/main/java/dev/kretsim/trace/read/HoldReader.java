package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.histogram.HistogramTables;
import dev.kretsim.trace.histogram.HoldHistogram;

/** Reads how long calls took, from whatever tells it. */
public final class HoldReader {
  private HoldReader() {}

  /**
   * The holds in a source, one histogram for each function.
   *
   * @param format one that tells holds, as {@link TraceContent} found
   * @throws BadInputException when there is none
   */
  public static HoldHistogram.Reading read(TraceSource source, TraceFormat format) {
    return switch (format) {
      case FUNCTION_GRAPH -> GraphHolds.read(source);
      case BPFTRACE -> HistogramTables.read(source, HistogramTables.Tool.BPFTRACE);
      case FUNCLATENCY -> HistogramTables.read(source, HistogramTables.Tool.BCC);
      default -> throw new IllegalArgumentException(format.label() + " tells no holds");
    };
  }
}
