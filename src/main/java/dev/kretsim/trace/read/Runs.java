package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a file in which time goes back or a header stands between the lines. Where time goes
 * back on another CPU, the buffers of several CPUs follow each other: the runs are one recording,
 * and are merged. Where it does so on the same CPU, where a CPU of the lines above a header goes on
 * below it, or where lines show no CPU, another recording begins.
 *
 * @param recordings the runs of each recording, in the order of the file
 * @param showCpus whether lines show their CPUs
 */
record Runs(List<List<Run>> recordings, boolean showCpus) {
  private static final int MOST = 1 << 16;

  /**
   * Goes through a file.
   *
   * @param format null: told by content
   * @throws BadInputException when there are too many runs
   */
  static Runs of(
      TraceSource file, @Nullable TraceFormat format, Function<TraceFormat, LineParser> parsers)
      throws IOException {
    try (LineReader reader = new LineReader(file.name(), file.open())) {
      TraceLines lines = new TraceLines(file.name(), reader);
      try {
        return of(lines, format, parsers);
      } catch (BadInputException e) {
        throw lines.located(e);
      }
    }
  }

  private static Runs of(
      TraceLines lines, @Nullable TraceFormat format, Function<TraceFormat, LineParser> parsers) {
    List<List<Run>> recordings = new ArrayList<>();
    Map<Integer, Long> lastByCpu = new HashMap<>();
    if (!lines.next()) {
      return new Runs(recordings, true);
    }
    TraceFormat found = format != null ? format : lines.detect();
    if (found == null) {
      return new Runs(recordings, true);
    }
    LineParser parser = parsers.apply(found);
    List<Run> all = new ArrayList<>();
    Run run = null;
    long latestNs = Long.MIN_VALUE;
    boolean showCpus = true;
    Set<Run.Begin> begins = EnumSet.noneOf(Run.Begin.class);
    do {
      long timeNs = lines.stampOf(parser);
      if (timeNs == Line.NONE) {
        if (run != null) {
          lines.addBegins(parser, begins);
        }
        continue;
      }
      if (timeNs < latestNs) {
        begins.add(Run.Begin.BACK);
      }
      if (run != null && !run.isFarBefore(latestNs, timeNs)) {
        begins.remove(Run.Begin.UNDER_TEXT);
      }
      if (run == null || !begins.isEmpty()) {
        if (run != null) {
          run.toByte = lines.position();
        }
        if (all.size() == MOST) {
          throw new BadInputException(
              "time goes back or a header comes more than "
                  + MOST
                  + " times; sort the lines by their stamps first");
        }
        run =
            run == null
                ? new Run(0, 0, timeNs, Set.of())
                : new Run(run.toByte, lines.number() - 1, timeNs, EnumSet.copyOf(begins));
        all.add(run);
        begins.clear();
      }
      latestNs = timeNs;
      showCpus &= parser.stampCpu() >= 0;
      run.add(parser.stampCpu(), timeNs);
    } while (lines.next());
    if (found == TraceFormat.PERF && tellDeltas(all)) {
      throw new BadInputException(
          "the stamps tell the time since the line above (perf script --deltatime), and lines may"
              + " have been left out; print them as they are: perf script --ns");
    }
    for (Run next : all) {
      if (recordings.isEmpty()
          || next.isApart()
          || next.goesBack(lastByCpu)
          || next.isAnother(lastByCpu)) {
        recordings.add(new ArrayList<>());
        lastByCpu.clear();
      }
      recordings.get(recordings.size() - 1).add(next);
      next.tell(lastByCpu);
    }
    return new Runs(recordings, showCpus);
  }

  /** Whether time goes back to what is no beginning, in a file whose first stamp is zero. */
  private static boolean tellDeltas(List<Run> runs) {
    return !runs.isEmpty()
        && runs.get(0).firstNs == 0
        && runs.stream().anyMatch(run -> run.isBack() && run.firstNs != 0);
  }

  /** What the user should know. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    long merged =
        recordings.stream().flatMap(runs -> runs.stream().skip(1)).filter(Run::isBack).count();
    if (merged > 0) {
      remarks.add(
          "remark: time goes back in "
              + merged
              + (merged == 1 ? " place" : " places")
              + ", as where buffers of several CPUs follow each other: the lines were sorted by"
              + " time");
    }
    recordings.stream()
        .skip(1)
        .map(runs -> runs.get(0))
        .filter(run -> run.isApart() && run.isUnderText())
        .findFirst()
        .ifPresent(
            run ->
                remarks.add(
                    "warning: text stands between the lines, and much time passes there, first"
                        + " above line "
                        + (run.linesBefore + 1)
                        + ": no call was paired across it, and that time does not count"));
    long gaps = recordings.stream().skip(1).filter(runs -> runs.get(0).isApart()).count();
    if (recordings.size() - gaps > 1) {
      remarks.add(
          (showCpus ? "remark: " : "warning: ")
              + (recordings.size() - gaps)
              + " recordings follow each other"
              + (showCpus ? "" : ", as far as can be told without the CPU of each line")
              + ": no call was paired across them, and the time between them does not count");
    }
    return remarks;
  }
}
