package dev.kretsim.trace.histogram;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Counts durations in fine buckets, to two significant digits. */
public final class HoldCounts {
  private final Histogram counts = new Histogram(2);
  private long totalNs;

  public void add(long holdNs) {
    counts.recordValue(holdNs);
    totalNs += holdNs;
  }

  public HoldHistogram of(String function) {
    List<HoldHistogram.Bucket> buckets = new ArrayList<>();
    for (HistogramIterationValue value : counts.recordedValues()) {
      long from = counts.lowestEquivalentValue(value.getValueIteratedTo());
      long to = counts.nextNonEquivalentValue(value.getValueIteratedTo());
      buckets.add(new HoldHistogram.Bucket(from, to, value.getCountAddedInThisIterationStep()));
    }
    return new HoldHistogram(function, List.of("function_graph"), buckets, totalNs);
  }
}
