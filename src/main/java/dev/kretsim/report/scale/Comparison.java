package dev.kretsim.report.scale;

import static java.util.Objects.requireNonNull;

import dev.kretsim.scale.Point;
import dev.kretsim.scale.Study.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which pool is ahead, and with how many threads: the answer that the numbers are for. */
final class Comparison {
  /** Pools that are nearer than this are level: what is known of a point is not more exact. */
  private static final double LEVEL = 1.05;

  /**
   * From the slowest to the fastest that was found, over placements and over what is not known of
   * the machine; operations a second.
   */
  record Range(double low, double high) {
    Range and(Range other) {
      return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    boolean above(Range other) {
      return low > LEVEL * other.high;
    }
  }

  private final Map<String, TreeMap<Integer, Range>> pools = new LinkedHashMap<>();

  Comparison(List<Estimate> estimates) {
    for (Estimate estimate : estimates) {
      Point point = estimate.point();
      pools
          .computeIfAbsent(point.pool(), name -> new TreeMap<>())
          .merge(point.threads(), new Range(estimate.low(), estimate.high()), Range::and);
    }
  }

  List<String> pools() {
    return List.copyOf(pools.keySet());
  }

  List<Integer> threads() {
    return List.copyOf(pools.values().iterator().next().keySet());
  }

  Range at(String pool, int threads) {
    return requireNonNull(requireNonNull(pools.get(pool)).get(threads));
  }

  /** Sentences, the most useful first; none where there is nothing to compare. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (pools.size() > 1) {
      leaders(sentences);
      crossings(sentences);
    }
    slowdowns(sentences);
    return sentences;
  }

  private void leaders(List<String> sentences) {
    List<Integer> threads = threads();
    List<String> spans = new ArrayList<>();
    int from = 0;
    while (from < threads.size()) {
      List<String> leaders = leaders(threads.get(from));
      int to = from;
      while (to + 1 < threads.size() && leaders(threads.get(to + 1)).equals(leaders)) {
        to++;
      }
      String who = leaders.size() == pools.size() ? "all level" : joined(leaders);
      boolean always = from == 0 && to == threads.size() - 1;
      spans.add(always ? who : who + " with " + counts(threads.subList(from, to + 1)));
      from = to + 1;
    }
    sentences.add("Fastest: " + String.join("; ", spans) + ".");
  }

  /** Those that no other is above. */
  private List<String> leaders(int threads) {
    return pools.keySet().stream()
        .filter(
            pool ->
                pools.keySet().stream()
                    .noneMatch(other -> at(other, threads).above(at(pool, threads))))
        .toList();
  }

  /** Pools that begin ahead of another and end behind it. */
  private void crossings(List<String> sentences) {
    List<Integer> threads = threads();
    for (String one : pools.keySet()) {
      for (String other : pools.keySet()) {
        List<Integer> ahead =
            threads.stream().filter(count -> at(one, count).above(at(other, count))).toList();
        int from = threads.size();
        while (from > 0 && at(other, threads.get(from - 1)).above(at(one, threads.get(from - 1)))) {
          from--;
        }
        if (!ahead.isEmpty() && from < threads.size()) {
          sentences.add(
              "%s is ahead of %s with %s, and behind it with %s."
                  .formatted(
                      one, other, counts(ahead), counts(threads.subList(from, threads.size()))));
        }
      }
    }
  }

  /** Pools with which all CPUs together do less than one alone. */
  private void slowdowns(List<String> sentences) {
    int fewest = threads().get(0);
    int most = threads().get(threads().size() - 1);
    List<String> slower =
        pools.keySet().stream().filter(pool -> at(pool, fewest).above(at(pool, most))).toList();
    if (!slower.isEmpty()) {
      sentences.add(
          "With %s, %d threads together do less than %d.".formatted(joined(slower), most, fewest));
    }
  }

  private static String joined(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static String counts(List<Integer> threads) {
    int first = threads.get(0);
    int last = threads.get(threads.size() - 1);
    String unit = last == 1 ? " thread" : " threads";
    return (first == last ? String.valueOf(first) : first + " to " + last) + unit;
  }
}
