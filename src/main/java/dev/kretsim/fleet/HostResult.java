package dev.kretsim.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one host.
 *
 * @param functions none where it called none of those asked for, or could not be planned
 * @param remarks what its plan remarks on, without the names of its files
 * @param why why it could not be planned; null if it was
 */
public record HostResult(
    String host, List<HostFunction> functions, List<String> remarks, @Nullable String why) {
  /** What the columns of {@link #rows} are called. */
  public static final List<String> COLUMNS =
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
          "modelled_ratios",
          "remarks");

  public HostResult {
    functions = List.copyOf(functions);
    remarks = List.copyOf(remarks);
  }

  /** Of one function, without the remarks. */
  private record Row(String host, HostFunction known) {
    List<@Nullable Object> cells() {
      return row(
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
  }

  /**
   * Rows of a table, one for each function; of a host without any, one with it and the reason. The
   * first has the remarks.
   */
  public Stream<List<@Nullable Object>> rows() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    if (functions.isEmpty()) {
      rows.add(row(host, why));
    }
    functions.forEach(known -> rows.add(new Row(host, known).cells()));
    if (!remarks.isEmpty()) {
      rows.get(0).set(COLUMNS.indexOf("remarks"), remarks);
    }
    return rows.stream();
  }

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(Arrays.copyOf(cells, COLUMNS.size()));
  }
}
