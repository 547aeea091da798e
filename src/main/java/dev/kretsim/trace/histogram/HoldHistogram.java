package dev.kretsim.trace.histogram;

import dev.kretsim.trace.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long calls of a function took, without when they came.
 *
 * @param function null where the source does not name it
 * @param buckets by rising bounds; those without a call may be left out
 * @param sources the tables or maps it was put together from, as they are called there
 * @param totalNs all holds added up, where the source tells it exactly; else null
 */
public record HoldHistogram(
    @Nullable String function, List<String> sources, List<Bucket> buckets, @Nullable Long totalNs) {
  /**
   * Calls that took from {@code fromNs} to less than {@code toNs}.
   *
   * @param toNs {@link Long#MAX_VALUE}: without bound
   */
  public record Bucket(long fromNs, long toNs, long count) {
    public Bucket {
      if (fromNs < 0 || toNs <= fromNs || count < 0) {
        throw new IllegalArgumentException(fromNs + " to " + toNs + ": " + count);
      }
    }
  }

  public HoldHistogram {
    sources = List.copyOf(sources);
    buckets = List.copyOf(buckets);
  }

  /** Of one source that nothing is called. */
  public HoldHistogram(@Nullable String function, List<Bucket> buckets, @Nullable Long totalNs) {
    this(function, List.of(), buckets, totalNs);
  }

  /** The number of calls. */
  public long calls() {
    return buckets.stream().mapToLong(Bucket::count).sum();
  }

  /**
   * What was counted.
   *
   * @param lines how many lines were read
   * @param leftOut those that pasting put there
   */
  public Tally tally(long lines, Map<String, Long> leftOut) {
    return new Tally(sources, lines, leftOut, null, null, calls(), null);
  }

  /**
   * What was read.
   *
   * @param lines how many lines were read
   * @param remarks what a user should know, one line each
   */
  public record Reading(List<HoldHistogram> histograms, long lines, List<String> remarks) {
    public Reading {
      histograms = List.copyOf(histograms);
      remarks = List.copyOf(remarks);
    }
  }

  /** The same calls and those of another histogram of the same function. */
  HoldHistogram plus(HoldHistogram other) {
    List<Bucket> sum = new ArrayList<>(buckets);
    for (Bucket added : other.buckets) {
      int at = 0;
      while (at < sum.size() && sum.get(at).fromNs() < added.fromNs()) {
        at++;
      }
      if (at < sum.size()
          && sum.get(at).fromNs() == added.fromNs()
          && sum.get(at).toNs() == added.toNs()) {
        sum.set(at, new Bucket(added.fromNs(), added.toNs(), sum.get(at).count() + added.count()));
      } else {
        sum.add(at, added);
      }
    }
    Long total = totalNs == null || other.totalNs == null ? null : totalNs + other.totalNs;
    List<String> together =
        Stream.concat(sources.stream(), other.sources.stream()).distinct().toList();
    return new HoldHistogram(function, together, sum, total);
  }
}
