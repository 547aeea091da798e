package dev.kretsim.plan.curve;

import dev.kretsim.plan.FunctionPlan.Bucket;
import dev.kretsim.plan.FunctionPlan.Hold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * How long calls stayed inside. Exact up to {@value #EXACT} calls, from then on within 0.1 % from a
 * histogram; the mean is always exact.
 */
public final class Holds {
  private static final int EXACT = 1024;
  private static final int DIGITS = 3;
  private static final double WIDER = 1.25;

  /** Bits of a hold that its bin keeps: the first digits, 1 to 2000, as in the histogram. */
  private static final int KEPT = 11;

  private static final int BINS = 1 << (KEPT - 1);

  private long[] few = new long[16];

  /** How many holds came after the first ones in each bin. */
  private long[] bins = new long[0];

  private long count;
  private double sumNs;

  public void add(long holdNs) {
    sumNs += holdNs;
    if (count >= EXACT) {
      addToBin(holdNs);
    } else {
      if (count == few.length) {
        few = Arrays.copyOf(few, 2 * few.length);
      }
      few[(int) count] = holdNs;
    }
    count++;
  }

  /** Adds all of another. */
  public void addAll(Holds other) {
    double sum = sumNs + other.sumNs;
    for (int i = 0; i < Math.min(other.count, EXACT); i++) {
      add(other.few[i]);
    }
    // If the other has filled bins, it has just filled the exact ones here.
    bins = Arrays.copyOf(bins, Math.max(bins.length, other.bins.length));
    for (int bin = 0; bin < other.bins.length; bin++) {
      bins[bin] += other.bins[bin];
      count += other.bins[bin];
    }
    sumNs = sum;
  }

  private void addToBin(long holdNs) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(holdNs);
    int cut = Math.max(0, bits - KEPT);
    int bin = cut * BINS + (int) (holdNs >>> cut);
    if (bin >= bins.length) {
      bins = Arrays.copyOf(bins, (cut + 4) * BINS);
    }
    bins[bin]++;
  }

  private static long leastIn(int bin) {
    int cut = Math.max(0, bin / BINS - 1);
    return (long) (bin - cut * BINS) << cut;
  }

  private Histogram histogram() {
    // Told how far it reaches, it does not grow step by step.
    Histogram histogram = new Histogram(Math.max(2, greatest()), DIGITS);
    for (int i = 0; i < Math.min(count, EXACT); i++) {
      histogram.recordValue(few[i]);
    }
    for (int bin = 0; bin < bins.length; bin++) {
      if (bins[bin] > 0) {
        histogram.recordValueWithCount(leastIn(bin), bins[bin]);
      }
    }
    return histogram;
  }

  /** The longest that {@link #histogram} is given. */
  private long greatest() {
    long greatest = 0;
    for (int i = 0; i < Math.min(count, EXACT); i++) {
      greatest = Math.max(greatest, few[i]);
    }
    for (int bin = bins.length - 1; bin >= 0; bin--) {
      if (bins[bin] > 0) {
        return Math.max(greatest, leastIn(bin));
      }
    }
    return greatest;
  }

  public long count() {
    return count;
  }

  /** Mean in ns; NaN if there was none. */
  double meanNs() {
    return sumNs / count();
  }

  /** The hold that this share of all does not exceed, in ns; {@code count() > 0}. */
  public long quantileNs(double share) {
    if (count > EXACT) {
      return histogram().getValueAtPercentile(100 * share);
    }
    long[] sorted = Arrays.copyOf(few, (int) count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
  }

  /** Mean, median and 99th percentile; null if there was none. */
  public @Nullable Hold summary() {
    if (count > EXACT) {
      Histogram all = histogram();
      return new Hold(meanNs(), all.getValueAtPercentile(50), all.getValueAtPercentile(99));
    }
    return count == 0 ? null : new Hold(meanNs(), quantileNs(0.5), quantileNs(0.99));
  }

  /**
   * How many there were in each of some buckets, each about a quarter wider than the one before.
   * Every hold is in one of them; one within 0.1 % of an edge may be on the other side of it.
   */
  public List<Bucket> buckets() {
    Histogram all = histogram();
    List<Bucket> buckets = new ArrayList<>();
    long from = 0;
    long to = 1;
    long inside = 0;
    for (HistogramIterationValue bin : all.recordedValues()) {
      // Where a bin begins decides, as it may straddle an edge. No bucket follows the last long.
      while (to <= all.lowestEquivalentValue(bin.getValueIteratedTo()) && to < Long.MAX_VALUE) {
        if (inside > 0 || !buckets.isEmpty()) {
          buckets.add(new Bucket(from, to, inside));
        }
        inside = 0;
        from = to;
        to = Math.max(to + 1, (long) (to * WIDER));
      }
      inside += bin.getCountAddedInThisIterationStep();
    }
    if (inside > 0) {
      buckets.add(new Bucket(from, to, inside));
    }
    return buckets;
  }
}
