package dev.kretsim.trace.event;

import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.NameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lines of perf script: events as elsewhere, and call chains between them. */
public final class PerfParser implements LineParser {
  /** What perf script prints between, such as a task switch or that samples were lost. */
  private static final String RECORD = "PERF_RECORD_";

  private final EventsParser events;
  private boolean inChain;
  private long lostSamples;

  public PerfParser(EventsParser events) {
    this.events = events;
  }

  @Override
  public long stampNs(Line line) {
    return isChain(line) ? Line.NONE : events.stampNs(line);
  }

  @Override
  public int stampCpu() {
    return events.stampCpu();
  }

  @Override
  public Verdict parse(Line line) {
    if (isChain(line)) {
      inChain = true;
      return Verdict.OTHER;
    }
    int record = line.indexOf(RECORD, 0);
    if (record != Line.NONE && line.indexOf('(', 0) == Line.NONE) {
      countLost(line, record);
      return Verdict.OTHER;
    }
    Verdict verdict = events.parse(line);
    if (verdict == Verdict.DAMAGED && inChain && Line.isBlank(line.at(0))) {
      return Verdict.OTHER;
    }
    inChain = false;
    return verdict;
  }

  /** {@code PERF_RECORD_LOST lost 45}, or the same of {@code PERF_RECORD_LOST_SAMPLES}. */
  private void countLost(Line line, int record) {
    int lost =
        line.has("LOST", record + RECORD.length()) ? line.indexOf("lost ", record) : Line.NONE;
    if (lost != Line.NONE) {
      int from = lost + "lost ".length();
      lostSamples += Math.max(1, line.number(from, line.skipDigits(from)));
    }
  }

  @Override
  public LineDecoder decoder() {
    return events.decoder();
  }

  @Override
  public int take(Block block, int from, LineCounts counts) {
    int next = events.take(block, from, counts);
    inChain &= next == from;
    return next;
  }

  @Override
  public void publish() {
    events.publish();
  }

  /** {@code ffffffff811b6124 hrtimer_nanosleep+0x4 ([kernel.kallsyms])}. */
  private static boolean isChain(Line line) {
    int from = line.skipBlanks(0);
    int to = line.skipHexDigits(from);
    return from > 0
        && to > from
        && Line.isBlank(line.at(to))
        && line.at(line.trimEnd(to, line.length()) - 1) == ')'
        && line.indexOf(": ", to) == Line.NONE;
  }

  @Override
  public String expected() {
    return events.expected();
  }

  @Override
  public int highestCpu() {
    return events.highestCpu();
  }

  @Override
  public NameTable functions() {
    return events.functions();
  }

  @Override
  public List<String> functionNames() {
    return events.functionNames();
  }

  @Override
  public List<String> eventsOf(int function) {
    return events.eventsOf(function);
  }

  @Override
  public @Nullable String lacking() {
    return events.lacking();
  }

  @Override
  public List<String> remarks() {
    if (lostSamples == 0) {
      return events.remarks();
    }
    List<String> remarks = new ArrayList<>(events.remarks());
    remarks.add(
        "warning: perf lost "
            + lostSamples
            + " events; record with a larger buffer: perf record -m");
    return remarks;
  }

  @Override
  public void only(Predicate<String> isWanted) {
    events.only(isWanted);
  }

  @Override
  public CallMatcher matcher() {
    return events.matcher();
  }
}
