package dev.kretsim.trace.histogram;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of perf ftrace latency: {@code 2 - 4 us | 20 | ### |}, each row in a unit of its own.
 * It does not name the function; the command above it does, if it was copied, too.
 */
final class PerfLatencyTables {
  private static final Pattern HEADER = Pattern.compile("#\\s+DURATION\\s+\\|\\s+COUNT\\s+\\|.*");
  private static final Pattern ROW =
      Pattern.compile(
          "\\s*(\\d{1,12})\\s*-\\s*(\\d{1,12}|\\.\\.\\.)\\s+(ns|us|ms|s)\\s*\\|\\s*(\\d{1,18})\\s*\\|.*");
  private static final Pattern COMMAND = Pattern.compile("\\s*[#$].*\\bperf ftrace latency\\b(.*)");
  private static final Pattern TRACED =
      Pattern.compile("(?<=\\s)(?:-T ?|--trace-funcs[= ])\"?'?([^\\s'\"]+)");
  private static final Pattern STATISTICS = Pattern.compile("# statistics\\s+\\(in (\\w+)\\)\\s*");
  private static final Pattern TOTAL = Pattern.compile("\\s*total time:\\s+(\\d{1,15})\\s*");

  private final List<HistogramTables.Table> tables = new ArrayList<>();
  private final List<HoldHistogram.Bucket> buckets = new ArrayList<>();
  private final Set<String> traced = new LinkedHashSet<>();
  private @Nullable HoldUnit totalIn;
  private @Nullable Long totalNs;

  /** Whether a line tells this format. */
  static boolean isOne(String line) {
    return HEADER.matcher(line).matches() || ROW.matcher(line).matches();
  }

  /** Takes in a line; false if it is none of such a table. */
  boolean take(String line) {
    Matcher row = ROW.matcher(line);
    if (row.matches()) {
      add(row);
      return true;
    }
    Matcher command = COMMAND.matcher(line);
    boolean begins = command.matches() || HEADER.matcher(line).matches();
    if (begins) {
      endTable();
    }
    if (command.matches()) {
      traced.clear();
      TRACED.matcher(command.group(1)).results().forEach(one -> traced.add(one.group(1)));
    }
    Matcher statistics = STATISTICS.matcher(line);
    if (statistics.matches()) {
      totalIn = HoldUnit.in(statistics.group(1));
    }
    Matcher total = TOTAL.matcher(line);
    if (total.matches() && totalIn != null) {
      totalNs = totalIn.toNs(Long.parseLong(total.group(1)));
    }
    return begins || statistics.matches() || total.matches();
  }

  private void add(Matcher row) {
    HoldUnit unit = HoldUnit.in(row.group(3));
    long count = Long.parseLong(row.group(4));
    if (unit != null && count > 0) {
      long from = unit.toNs(Long.parseLong(row.group(1)));
      String end = row.group(2);
      long to = end.equals("...") ? Long.MAX_VALUE : unit.toNs(Long.parseLong(end));
      buckets.add(new HoldHistogram.Bucket(from, to, count));
    }
  }

  private void endTable() {
    if (!buckets.isEmpty()) {
      String function = traced.size() == 1 ? traced.iterator().next() : null;
      boolean named = function != null && function.matches("[\\w.]+");
      tables.add(
          new HistogramTables.Table(
              named ? function : null, "perf ftrace latency", List.copyOf(buckets), total(), true));
    }
    buckets.clear();
    totalIn = null;
    totalNs = null;
  }

  /** The total of the holds, if it lies where the buckets say. */
  private @Nullable Long total() {
    double least = 0;
    double most = 0;
    for (HoldHistogram.Bucket bucket : buckets) {
      least += (double) bucket.fromNs() * bucket.count();
      most += (double) bucket.toNs() * bucket.count();
    }
    Long total = totalNs;
    return total != null && total >= least && total <= most ? total : null;
  }

  List<HistogramTables.Table> finish() {
    endTable();
    return tables;
  }

  /** What a user should know, one line each. */
  List<String> remarks() {
    return traced.size() < 2
        ? List.of()
        : List.of(
            "warning: the calls of "
                + String.join(", ", traced)
                + " are in one table; measure them apart, one -T at a time");
  }
}
