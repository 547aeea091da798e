package dev.kretsim.plan.load;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.histogram.HoldHistogram;
import dev.kretsim.workload.random.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * The law of holds behind a histogram of them.
 *
 * <p>A load depends on the mean hold first of all, and a histogram tells it only within its
 * buckets. Where the source adds the holds up exactly, all are stretched so that the mean is right.
 */
public record HoldLaw(Distribution distribution, List<String> remarks) {
  public HoldLaw {
    remarks = List.copyOf(remarks);
  }

  /**
   * The law.
   *
   * @param source for messages
   * @throws BadInputException if the histogram has no call
   */
  public static HoldLaw of(String source, HoldHistogram histogram) {
    List<HoldHistogram.Bucket> buckets = histogram.buckets();
    long calls = histogram.calls();
    if (calls == 0) {
      throw new BadInputException(source + ": a histogram without a call; expected some");
    }
    double[] from = new double[buckets.size()];
    double[] to = new double[buckets.size()];
    long[] counts = new long[buckets.size()];
    double least = 0;
    double most = 0;
    double sum = 0;
    long unbounded = 0;
    for (int i = 0; i < counts.length; i++) {
      HoldHistogram.Bucket bucket = buckets.get(i);
      boolean open = bucket.toNs() == Long.MAX_VALUE;
      from[i] = bucket.fromNs();
      to[i] = open ? Math.max(1, 2.0 * bucket.fromNs()) : bucket.toNs();
      counts[i] = bucket.count();
      unbounded += open ? bucket.count() : 0;
      least += from[i] * counts[i];
      most += to[i] * counts[i];
      sum += (from[i] + (to[i] - from[i]) / 2) * counts[i];
    }
    List<String> remarks = new ArrayList<>();
    if (unbounded > 0) {
      remarks.add(
          source
              + ": warning: "
              + unbounded
              + " calls lie in a bucket without end; they are taken to be at most twice as long as"
              + " its beginning");
    }
    Long total = histogram.totalNs();
    if (total != null && sum > 0) {
      double stretch = total / sum;
      for (int i = 0; i < counts.length; i++) {
        from[i] *= stretch;
        to[i] *= stretch;
      }
    } else {
      remarks.add(
          "%s: the mean hold lies between %.0f and %.0f ns, for all the buckets tell; %.0f is taken"
              .formatted(source, least / calls, most / calls, sum / calls));
    }
    String text =
        "as in " + source + (histogram.function() == null ? "" : " of " + histogram.function());
    return new HoldLaw(Distribution.ofHistogram(text, from, to, counts), remarks);
  }
}
