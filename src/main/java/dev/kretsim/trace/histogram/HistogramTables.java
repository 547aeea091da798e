package dev.kretsim.trace.histogram;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.text.LineReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the histograms that bpftrace and bcc print, and puts together those of one function.
 *
 * <p>A tool that prints at intervals prints each interval's calls or all so far. Where that is not
 * known and no bucket ever shrinks from one table of a function to the next, they are taken for all
 * so far and the last one counts; otherwise they are added up.
 */
public final class HistogramTables {
  /** Whose tables they are. */
  public enum Tool {
    /** bpftrace with hist() or lhist(). */
    BPFTRACE,
    /** funclatency, argdist -H or perf ftrace latency. */
    BCC;

    /** The line above each table of the other tool. */
    private Pattern othersTitle() {
      return this == BPFTRACE ? BccTables.TITLE : BpftraceTables.MAP;
    }

    private TableParser parser() {
      return this == BPFTRACE ? new BpftraceTables() : new BccTables();
    }
  }

  /**
   * One table in ns.
   *
   * @param printed what it was printed for
   * @param beganAnew whether the tool begins each table at 0; if not, or if that is unknown, it may
   *     be one of all calls so far
   */
  record Table(
      @Nullable String function,
      String printed,
      List<HoldHistogram.Bucket> buckets,
      @Nullable Long totalNs,
      boolean beganAnew) {
    HoldHistogram histogram() {
      return new HoldHistogram(function, List.of(printed), buckets, totalNs);
    }
  }

  /** Understands what one tool prints. */
  interface TableParser {
    /**
     * Takes in the next line.
     *
     * @throws BadInputException when it shows that the tables tell no holds
     */
    void parse(String line);

    /** The tables so far; after the last line, all. */
    List<Table> finish();

    /** What a user should know, one line each. */
    List<String> remarks();

    /** Where no table has a call: why, and what to do. */
    String lack();
  }

  /** Whether a line is one of perf ftrace latency's table, which is read like bcc's. */
  public static boolean isLatencyOfPerf(String line) {
    return PerfLatencyTables.isOne(line);
  }

  /** A line of a trace: its CPU, and the stamp behind it. */
  private static final Pattern EVENT =
      Pattern.compile("\\[\\d{3,}\\] .{0,12}?\\d+\\.\\d{6,9}: \\S|\\d\\) .{0,40}\\|  .*[;{}]$");

  private HistogramTables() {}

  /** What to say of functions of programs and libraries; nothing if there are none. */
  static List<String> ofPrograms(Set<String> functions) {
    return functions.isEmpty()
        ? List.of()
        : List.of(
            "warning: "
                + String.join(", ", functions)
                + (functions.size() == 1 ? " is" : " are")
                + " in a program, not in the kernel: probes there have no maxactive, and miss"
                + " nothing for want of it; left out");
  }

  /** What to say of rows that could not be read; nothing if there are none. */
  static List<String> unreadableRows(long rows) {
    return rows == 0
        ? List.of()
        : List.of(
            "warning: "
                + rows
                + (rows == 1 ? " row of a table" : " rows of tables")
                + " could not be read: calls are missing");
  }

  /**
   * Reads the histograms of a source, one for each function. Those of several files, or of several
   * intervals in one, are added up.
   *
   * @throws BadInputException when there is none
   */
  public static HoldHistogram.Reading read(TraceSource source, Tool tool) {
    Map<String, HoldHistogram> byFunction = new HashMap<>();
    List<String> order = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    long[] lines = new long[1];
    String lack = "";
    for (TraceSource part : source.parts()) {
      TableParser parser = tool.parser();
      List<Table> tables = tables(part, tool, parser, remarks, lines);
      if (tables.isEmpty() && source.parts().size() > 1) {
        remarks.add(part.name() + ": warning: adds nothing, as no table with a call is in it");
      }
      for (HoldHistogram histogram : together(tables, part.name(), remarks)) {
        String key = histogram.function() == null ? "" : histogram.function();
        if (!byFunction.containsKey(key)) {
          order.add(key);
        }
        byFunction.merge(key, histogram, HoldHistogram::plus);
      }
      parser.remarks().forEach(remark -> remarks.add(part.name() + ": " + remark));
      lack = parser.lack();
    }
    List<HoldHistogram> histograms = new ArrayList<>();
    for (String key : order) {
      HoldHistogram histogram = byFunction.get(key);
      if (histogram != null && histogram.calls() > 0) {
        histograms.add(histogram);
      }
    }
    if (histograms.isEmpty()) {
      String why =
          remarks.stream().filter(remark -> remark.contains("warning: ")).findFirst().orElse("");
      throw new BadInputException(
          source.name()
              + ": no histogram with a call in it: "
              + (why.isEmpty() ? lack : why.substring(why.indexOf("warning: ") + 9)));
    }
    return new HoldHistogram.Reading(histograms, lines[0], remarks);
  }

  private static List<Table> tables(
      TraceSource part, Tool tool, TableParser parser, List<String> remarks, long[] lines) {
    long events = 0;
    long others = 0;
    try (LineReader reader = new LineReader(part.name(), part.open(), 4 * 1024 * 1024)) {
      try {
        while (reader.next()) {
          String line = reader.line().toString();
          events += EVENT.matcher(line).find() ? 1 : 0;
          others += tool.othersTitle().matcher(line.stripTrailing()).matches() ? 1 : 0;
          parser.parse(line);
          lines[0]++;
        }
        if (others > 0) {
          remarks.add(
              "%s: warning: %d of another tool's tables are in it, too, and were left out; give"
                      .formatted(part.name(), others)
                  + " those as a file of their own");
        }
        if (events > 0) {
          remarks.add(
              "%s: warning: %d lines of a trace are in it, too, and were left out; give that as a"
                      .formatted(part.name(), events)
                  + " file of its own");
        }
        return parser.finish();
      } catch (BadInputException e) {
        String message = String.valueOf(e.getMessage());
        throw message.startsWith(part.name() + ":")
            ? e
            : BadInputException.at(part.name(), Math.max(1, reader.number()), message);
      }
    } catch (IOException e) {
      throw new BadInputException(part.name() + ": cannot be read: " + e.getMessage());
    }
  }

  /**
   * What was printed for one key again and again is compared first, then all of a function added.
   */
  private static List<HoldHistogram> together(
      List<Table> tables, String source, List<String> remarks) {
    Map<String, List<Table>> byKey = new LinkedHashMap<>();
    for (Table table : tables) {
      String key = table.function() + "\n" + table.printed();
      byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(table);
    }
    List<HoldHistogram> histograms = new ArrayList<>();
    for (List<Table> own : byKey.values()) {
      HoldHistogram sum = own.get(own.size() - 1).histogram();
      if (own.size() > 1 && isCumulative(own)) {
        String function = own.get(0).function();
        remarks.add(
            "%s: remark: the table of %s came %d times and no row ever shrank, so the last is taken for"
                    .formatted(
                        source, function == null ? own.get(0).printed() : function, own.size())
                + " all calls so far");
      } else {
        sum = own.get(0).histogram();
        for (Table table : own.subList(1, own.size())) {
          sum = sum.plus(table.histogram());
        }
      }
      histograms.add(sum);
    }
    return histograms;
  }

  private static boolean isCumulative(List<Table> tables) {
    Map<Long, Long> before = new HashMap<>();
    if (tables.stream().anyMatch(Table::beganAnew)) {
      return false;
    }
    for (Table table : tables) {
      Map<Long, Long> now = new HashMap<>();
      table.buckets().forEach(bucket -> now.merge(bucket.fromNs(), bucket.count(), Long::sum));
      for (Map.Entry<Long, Long> bucket : before.entrySet()) {
        if (now.getOrDefault(bucket.getKey(), 0L) < bucket.getValue()) {
          return false;
        }
      }
      before = now;
    }
    return true;
  }
}
