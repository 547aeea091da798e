package dev.kretsim.report.fleet;

import dev.kretsim.fleet.HostResult;
import dev.kretsim.report.CsvCell;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of hosts as CSV: one row for each host and function, with the columns of the rows
 * that Spark writes. Lists are in brackets, what is not known is empty.
 */
public final class HostRows {
  private HostRows() {}

  /** All rows after a header line. */
  public static String render(List<HostResult> results) {
    StringBuilder csv = new StringBuilder(String.join(",", HostResult.COLUMNS)).append('\n');
    results.stream().flatMap(HostResult::rows).forEach(cells -> row(csv, cells));
    return csv.toString();
  }

  private static void row(StringBuilder csv, List<@Nullable Object> cells) {
    csv.append(
            cells.stream()
                .map(cell -> cell == null ? "" : CsvCell.of(cell.toString()))
                .collect(Collectors.joining(",")))
        .append('\n');
  }
}
