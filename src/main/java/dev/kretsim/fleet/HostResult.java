package dev.kretsim.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one host.
 *
 * @param functions none where it called none of those asked for, or could not be planned
 * @param why why it could not be planned; null if it was
 */
public record HostResult(String host, List<HostFunction> functions, @Nullable String why) {
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
          "modelled_ratios");

  public HostResult {
    functions = List.copyOf(functions);
  }

  /** Rows of a table, one for each function; of a host without any, one with it and the reason. */
  public Stream<List<@Nullable Object>> rows() {
    return functions.isEmpty()
        ? Stream.of(row(host, why))
        : functions.stream()
            .map(
                known ->
                    row(
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
                        known.modelledRatios()));
  }

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(Arrays.copyOf(cells, COLUMNS.size()));
  }
}
