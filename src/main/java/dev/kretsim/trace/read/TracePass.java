package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.LeftOut;
import dev.kretsim.trace.MovementConsumer;
import dev.kretsim.trace.Movements;
import dev.kretsim.trace.Tally;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TimeOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the lines of a trace. Several files are merged by the stamps that their lines show;
 * at equal stamps the file named first comes first. A line without a stamp stays behind the one
 * above it.
 */
final class TracePass {
  /** How many words are handed on at once. */
  private static final int BATCH = 1 << 14;

  private final String source;
  private final List<TraceLines> files;
  private final TimeOrder order;
  private final MovementConsumer consumer;
  private final Workers workers;
  private final @Nullable Runs runs;
  private final TraceSource trace;
  private final MergedFiles merged = new MergedFiles();

  private TraceFormat format = TraceFormat.FUNCTION_GRAPH;

  /** The file whose line is being read; for messages. */
  private TraceLines current;

  /**
   * @param trace what the files are together
   * @param files at least one
   * @param order brings what the parser finds into order
   * @param consumer receives the calls
   * @param workers who decodes
   * @param runs those of the one file, if they are to be merged
   */
  TracePass(
      TraceSource trace,
      List<TraceLines> files,
      TimeOrder order,
      MovementConsumer consumer,
      Workers workers,
      @Nullable Runs runs) {
    this.workers = workers;
    this.runs = runs;
    this.order = order;
    this.consumer = consumer;
    this.trace = trace;
    this.source = trace.name();
    this.files = files;
    this.current = files.get(0);
  }

  /** Makes the parser once the format is known. */
  interface ParserFactory {
    LineParser of(TraceFormat format);
  }

  /**
   * Reads all lines.
   *
   * @param wanted null: told by content
   * @return the parser that was used
   * @throws BadInputException when the trace cannot be used
   */
  LineParser run(@Nullable TraceFormat wanted, ParserFactory parsers) {
    try {
      List<TraceLines> begun = new ArrayList<>();
      format = begin(wanted, begun);
      LineParser parser = parsers.of(format);
      if (runs != null) {
        readSorted(begun.get(0), parser, runs);
      } else if (begun.size() == 1) {
        readOne(begun.get(0), parser);
      } else {
        readMerged(begun, parser);
      }
      checkUsable(parser);
      parser.finish();
      parser.matcher().finish();
      handOn(0);
      return parser;
    } catch (BadInputException e) {
      throw current.located(e);
    }
  }

  /** Goes to the first line that counts of each file that has one. */
  private TraceFormat begin(@Nullable TraceFormat wanted, List<TraceLines> begun) {
    @Nullable TraceFormat common = wanted;
    for (TraceLines file : files) {
      current = file;
      if (!file.next()) {
        throw new BadInputException(file.source() + ": is empty; expected a trace");
      }
      @Nullable TraceFormat found = wanted != null ? wanted : file.detect();
      if (found == null) {
        continue;
      }
      if (common != null && common != found) {
        throw new BadInputException(
            file.source()
                + ": is "
                + found.label()
                + ", but the files before it are "
                + common.label()
                + "; expected files of one format");
      }
      common = found;
      begun.add(file);
    }
    if (common == null || begun.isEmpty()) {
      throw new BadInputException(
          "a trace without a single event; were the probes enabled and tracing_on 1?");
    }
    return common;
  }

  private void readOne(TraceLines file, LineParser parser) {
    current = file;
    handOn(0);
    new Pipeline(file, parser, order, consumer, workers).run();
    order.into(new Movements());
  }

  private void readSorted(TraceLines file, LineParser parser, Runs sorted) {
    try {
      new SortedRuns(trace, file, parser)
          .read(sorted, lines -> current = lines, () -> handOn(BATCH));
    } catch (IOException e) {
      throw new BadInputException("cannot be read: " + e.getMessage());
    }
  }

  private void readMerged(List<TraceLines> begun, LineParser parser) {
    PriorityQueue<TraceLines> waiting =
        new PriorityQueue<>(
            Comparator.comparingLong(TraceLines::stampNs).thenComparing(files::indexOf));
    Map<TraceLines, Long> firstStamps = new IdentityHashMap<>();
    for (TraceLines file : begun) {
      current = file;
      if (file.stage(parser)) {
        waiting.add(file);
        firstStamps.put(file, file.stampNs());
      }
    }
    while (!waiting.isEmpty()) {
      TraceLines file = waiting.remove();
      current = file;
      long stampNs = file.stampNs();
      if (file.readUntilStamp(parser)) {
        waiting.add(file);
      } else {
        merged.ended(file, firstStamps.getOrDefault(file, stampNs), stampNs);
      }
      handOn(BATCH);
    }
  }

  /** Hands on what happened, if it is more than some words. */
  private void handOn(int least) {
    Movements movements = order.movements();
    if (movements.size() > least) {
      consumer.take(movements);
      movements.clear();
    }
  }

  private void checkUsable(LineParser parser) {
    boolean usable = false;
    if (runs != null) {
      current.checkWhole(parser);
    }
    for (TraceLines file : files) {
      current = file;
      file.checkWhole(parser);
      usable |= file.usable();
    }
    if (!usable) {
      current = files.get(0);
      throw current.useless(parser);
    }
  }

  /** The CPUs of the machine, as far as the headers or the lines show; 0 if they don't. */
  int possibleCpus(LineParser parser) {
    int cpus = 0;
    for (TraceLines file : files) {
      cpus = Math.max(cpus, file.headerCpus());
    }
    return cpus > 0 ? cpus : parser.highestCpu() + 1;
  }

  /** What the lines are together, of which no function's own is told yet. */
  Tally tally() {
    LeftOut leftOut = new LeftOut();
    long lines = 0;
    for (TraceLines file : files) {
      file.notes().leftOut(leftOut);
      lines += file.notes().lines;
    }
    leftOut.addAll(trace.leftOutOfAll());
    return new Tally(
        List.of(format.label()),
        lines,
        leftOut.lines(),
        null,
        null,
        null,
        order.resolutionNs() == 0 ? null : (Long) order.resolutionNs());
  }

  /** What the user should know of the lines. */
  List<String> remarks(LineParser parser) {
    List<String> remarks = new ArrayList<>();
    for (TraceLines file : files) {
      file.remark(parser, remarks);
    }
    String doubt = merged.doubt();
    if (doubt != null) {
      remarks.add(source + ": " + doubt);
    }
    if (runs != null) {
      runs.remarks().forEach(remark -> remarks.add(source + ": " + remark));
    }
    if (order.stepsBack() > 0) {
      remarks.add(
          source
              + ": warning: "
              + order.stepsBack()
              + " stamps lie before the one above them and were taken as equal to it");
    }
    if (order.crowdedStamps() > 0) {
      remarks.add(
          source
              + ": remark: more than "
              + TimeOrder.MOST_AT_ONE_STAMP
              + " calls are entered at one stamp: there the order is that of the lines; stamps of"
              + " nanoseconds tell it better");
    }
    for (String remark : parser.remarks()) {
      remarks.add(source + ": " + remark);
    }
    return remarks;
  }
}
