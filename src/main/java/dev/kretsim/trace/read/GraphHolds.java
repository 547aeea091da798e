package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.graph.GraphParser;
import dev.kretsim.trace.graph.HoldMatcher;
import dev.kretsim.trace.histogram.HoldCounts;
import dev.kretsim.trace.histogram.HoldHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the durations in a function_graph trace that was recorded without absolute time. */
final class GraphHolds {
  private GraphHolds() {}

  static HoldHistogram.Reading read(TraceSource source) {
    HoldMatcher matcher = new HoldMatcher();
    List<String> remarks = new ArrayList<>();
    long lines = 0;
    GraphParser parser = new GraphParser(matcher);
    try (TraceFiles files = TraceFiles.open(source)) {
      for (TraceLines file : files.lines()) {
        new TracePass(
                source,
                List.of(file),
                parser.matcher().order,
                movements -> {},
                Workers.usual(),
                null)
            .run(TraceFormat.FUNCTION_GRAPH, f -> parser);
        file.remark(parser, remarks);
        lines += file.notes().lines;
      }
    } catch (IOException e) {
      throw new BadInputException(source.name() + ": cannot be read: " + e.getMessage());
    }
    parser.remarks().forEach(remark -> remarks.add(source.name() + ": " + remark));
    List<HoldHistogram> histograms = new ArrayList<>();
    List<String> names = parser.functions().names();
    for (int function = 0; function < names.size(); function++) {
      HoldCounts counts = matcher.of(function);
      if (counts != null) {
        histograms.add(counts.of(names.get(function)));
      }
    }
    if (histograms.isEmpty()) {
      throw new BadInputException(source.name() + ": no call in it shows a duration");
    }
    return new HoldHistogram.Reading(histograms, lines, remarks);
  }
}
