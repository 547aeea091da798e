package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.pairing.LineParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes in the lines of a file whose runs are merged, one recording after the other. */
final class SortedRuns {
  private static final int MOST_AT_ONCE = 256;

  private final TraceSource source;
  private final TraceLines file;
  private final LineParser parser;
  private final Map<RunLines, InputStream> open = new HashMap<>();

  /** Bytes of the file from a position on; most often the next run begins there. */
  private @Nullable InputStream idle;

  private long idleAt;

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
    file.notes().forgetBefore();
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
      for (InputStream stream : open.values()) {
        stream.close();
      }
      if (idle != null) {
        idle.close();
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
        InputStream stream = streamAt(next.run().fromByte);
        open.put(next, stream);
        goesOn = next.open(source, stream, file, parser);
      }
      if (goesOn) {
        waiting.add(next);
      } else {
        close(next);
      }
    }
  }

  private InputStream streamAt(long position) throws IOException {
    InputStream stream = idle;
    long at = idleAt;
    if (stream == null || at > position) {
      stream = source.open();
      at = 0;
    } else {
      idle = null;
    }
    stream.skipNBytes(position - at);
    return stream;
  }

  private void close(RunLines read) throws IOException {
    InputStream stream = open.remove(read);
    if (idle != null) {
      idle.close();
    }
    idle = stream;
    idleAt = read.run().toByte;
  }
}
