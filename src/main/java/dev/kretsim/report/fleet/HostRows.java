package dev.kretsim.report.fleet;

import dev.kretsim.fleet.HostFunction;
import dev.kretsim.fleet.HostResult;
import dev.kretsim.report.CsvCell;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of hosts as CSV: one row for each host and function, with the columns of the rows
 * that Spark writes. Lists are in brackets, what is not known is empty.
 */
public final class HostRows {
  private static final List<String> HEAD =
      List.of(
          "host",
          "why",
          "function",
          "calls",
          "missed",
          "span_ns",
          "rate_per_second",
          "mean_hold_ns",
          "threads",
          "burstiness",
          "lost_exits",
          "maxactive",
          "smallest",
          "too_short",
          "default_maxactive",
          "keeps_default",
          "possible_cpus",
          "modelled_ratios");

  private HostRows() {}

  /** All rows after a header line. */
  public static String render(List<HostResult> results) {
    StringBuilder csv = new StringBuilder(String.join(",", HEAD)).append('\n');
    for (HostResult result : results) {
      for (HostFunction known : result.functions()) {
        row(csv, cells(result.host(), known));
      }
      if (result.functions().isEmpty()) {
        // Such a host has a row too, in which only it and the reason stand.
        Stream<@Nullable Object> told = Stream.of(result.host(), result.why());
        row(csv, Stream.concat(told, Stream.generate(() -> null).limit(HEAD.size() - 2)));
      }
    }
    return csv.toString();
  }

  private static Stream<@Nullable Object> cells(String host, HostFunction known) {
    return Stream.of(
        host,
        null,
        known.function(),
        known.calls(),
        known.missed(),
        known.spanNs(),
        known.ratePerSecond(),
        known.meanHoldNs(),
        known.threads(),
        known.burstiness(),
        known.lostExits(),
        known.maxactive(),
        known.smallest(),
        known.tooShort(),
        known.defaultMaxactive(),
        known.keepsDefault(),
        known.possibleCpus(),
        known.modelledRatios());
  }

  private static void row(StringBuilder csv, Stream<@Nullable Object> cells) {
    csv.append(
            cells
                .map(cell -> cell == null ? "" : CsvCell.of(cell.toString()))
                .collect(Collectors.joining(",")))
        .append('\n');
  }
}
