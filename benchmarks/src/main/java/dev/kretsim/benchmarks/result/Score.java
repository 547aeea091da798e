package dev.kretsim.benchmarks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one benchmark with one set of parameters took.
 *
 * @param benchmark class and method, {@code PoolBenchmark.popAndPush}
 * @param forks nanoseconds of one thread for a hit, of each iteration of each fork; for an
 *     operation where hits are not counted or there are none
 * @param hits how many a microsecond, over all threads; 0 where they are not counted
 * @param misses likewise
 */
public record Score(
    String group,
    String benchmark,
    int threads,
    SortedMap<String, String> params,
    List<List<Double>> forks,
    double hits,
    double misses) {

  public Estimate estimate() {
    return Estimate.of(forks);
  }

  double median() {
    return Estimate.quantile(forks.stream().flatMap(List::stream).toList(), 0.5);
  }

  /** Of the tries; 0 where nothing is counted. */
  public double missShare() {
    return hits > 0 ? misses / (hits + misses) : 0;
  }

  boolean is(String name, int withThreads, Map<String, String> withParams) {
    return benchmark.equals(name)
        && threads == withThreads
        && params.entrySet().containsAll(withParams.entrySet());
  }

  /** The same question put to the same design, in whatever round. */
  public boolean sameAs(Score other) {
    return group.equals(other.group) && other.is(benchmark, threads, params);
  }

  /** With the forks of another round. */
  public Score and(Score other) {
    List<List<Double>> both = new ArrayList<>(forks);
    both.addAll(other.forks);
    double share = (double) other.forks.size() / both.size();
    return new Score(
        group,
        benchmark,
        threads,
        params,
        both,
        hits + share * (other.hits - hits),
        misses + share * (other.misses - misses));
  }

  /** The same under another name, where one benchmark serves two ends. */
  public Score called(String name) {
    return new Score(group, name, threads, params, forks, hits, misses);
  }

  public static SortedMap<String, String> paramsOf(String... pairs) {
    SortedMap<String, String> params = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      params.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return params;
  }
}
