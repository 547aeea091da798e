package dev.kretsim.benchmarks.result;

import dev.kretsim.benchmarks.Runner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one run of the {@link Runner} found.
 *
 * @param date when it began, ISO 8601
 * @param quick one short fork of each: enough to see that all works, no evidence
 * @param notMeasured which groups are missing and why, one line each
 */
public record Measurement(
    Host host, String date, boolean quick, List<Score> scores, List<String> notMeasured) {

  Optional<Score> find(String benchmark, int threads, Map<String, String> params) {
    return scores.stream().filter(score -> score.is(benchmark, threads, params)).findFirst();
  }
}
