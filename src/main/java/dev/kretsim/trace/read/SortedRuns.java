package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.pairing.LineParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Takes in the lines of a file whose runs are merged, one recording after the other. */
final class SortedRuns {
  private static final int MOST_AT_ONCE = 256;

  private final TraceSource source;
  private final TraceLines file;
  private final LineParser parser;
  private final List<RunLines> open = new ArrayList<>();

  SortedRuns(TraceSource source, TraceLines file, LineParser parser) {
    this.source = source;
    this.file = file;
    this.parser = parser;
  }

  /**
   * Takes in all.
   *
   * @param current is told whose line is next
   * @param afterLine is done after each line
   */
  void read(Runs runs, Consumer<TraceLines> current, Runnable afterLine) throws IOException {
    try {
      int number = 0;
      for (List<Run> recording : runs.recordings()) {
        if (number > 0) {
          parser.newRecording(recording.stream().mapToLong(run -> run.firstNs).min().orElseThrow());
        }
        PriorityQueue<RunLines> waiting = new PriorityQueue<>();
        for (Run run : recording) {
          waiting.add(new RunLines(run, number++));
        }
        merge(waiting, current, afterLine);
      }
    } finally {
      for (RunLines lines : open) {
        lines.close();
      }
    }
  }

  private void merge(
      PriorityQueue<RunLines> waiting, Consumer<TraceLines> current, Runnable afterLine)
      throws IOException {
    while (!waiting.isEmpty()) {
      RunLines next = waiting.remove();
      boolean goesOn;
      if (next.isOpen()) {
        current.accept(next.lines());
        goesOn = next.lines().readUntilStamp(parser);
        afterLine.run();
      } else {
        if (open.size() == MOST_AT_ONCE) {
          throw new BadInputException(
              "more than "
                  + MOST_AT_ONCE
                  + " stretches of lines lie at the same time; sort the lines by their stamps"
                  + " first");
        }
        open.add(next);
        goesOn = next.open(source, file, parser);
      }
      if (goesOn) {
        waiting.add(next);
      } else {
        next.close();
        open.remove(next);
      }
    }
  }
}
