package dev.kretsim.trace.histogram;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line below a table of funclatency: {@code avg = 13 nsecs, total: 65 nsecs, count: 5}. The
 * rows and the counters in it are read one after the other, so calls in between are in one only.
 */
record BccTotal(String unit, long average, long total, long count) {
  private static final Pattern LINE =
      Pattern.compile("avg = (\\d{1,18}) (\\w+), total: (\\d{1,18}) \\w+, count: (\\d{1,18})\\s*");

  /** How far the two numbers of calls may lie apart, as a part of them. */
  private static final double APART = 0.01;

  /** What a line tells; null if it is none of these. */
  static @Nullable BccTotal in(String line) {
    Matcher numbers = LINE.matcher(line);
    return numbers.matches()
        ? new BccTotal(
            numbers.group(2),
            Long.parseLong(numbers.group(1)),
            Long.parseLong(numbers.group(3)),
            Long.parseLong(numbers.group(4)))
        : null;
  }

  /** Whether it tells of so many calls, give or take those that came while it was printed. */
  boolean isOf(long calls) {
    return Math.abs(calls - count) <= Math.max(1, APART * Math.max(calls, count));
  }

  /** Whether its own three numbers agree. */
  boolean isSound() {
    return count == 0 ? total == 0 : Math.abs(total / count - average) <= 1;
  }

  /**
   * The holds of the rows added up, in ns. Some versions name ns whatever the table's unit is, so
   * it is believed in the unit in which it fits between the rows' bounds, and in none otherwise.
   *
   * @return null if it fits in none
   */
  @Nullable Long ofRowsNs(List<HoldHistogram.Bucket> rows, HoldUnit ofTable) {
    double least = 0;
    double most = 0;
    long calls = 0;
    for (HoldHistogram.Bucket row : rows) {
      least += (double) row.fromNs() * row.count();
      most += (double) row.toNs() * row.count();
      calls += row.count();
    }
    HoldUnit named = HoldUnit.in(unit);
    for (HoldUnit candidate : new HoldUnit[] {ofTable, named == null ? ofTable : named}) {
      double ns = (double) candidate.toNs(total) / Math.max(1, count) * calls;
      if (ns >= least && ns <= most) {
        return count == calls ? candidate.toNs(total) : (long) ns;
      }
    }
    return null;
  }
}
