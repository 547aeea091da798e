package dev.kretsim.plan.curve;

import dev.kretsim.plan.FunctionPlan.Bucket;
import dev.kretsim.plan.FunctionPlan.Hold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long calls stayed inside. Exact up to {@value #EXACT} calls, from then on within 0.1 % from a
 * histogram; the mean is always exact.
 */
public final class Holds {
  private static final int EXACT = 1024;
  private static final double WIDER = 1.25;

  /** Bits of a hold that its bin keeps: the first digits, 1 to 2000, as in the histogram. */
  private static final int KEPT = 11;

  private static final int BINS = 1 << (KEPT - 1);

  private long[] few = new long[16];

  /** How many holds came after the first ones in each bin. */
  private long[] bins = {};

  /** Where the next hold goes, and up to which count. */
  private long[] into = few;

  private long limit = few.length;
  private long count;
  private double sumNs;

  /**
   * One more.
   *
   * <p>Whether it is one of the first makes no branch: no function of a trace has many at first, so
   * Java would compile that alone, and later, with all that is around it, once more.
   */
  public void add(long holdNs) {
    sumNs += holdNs;
    long isFew = count - EXACT >> Long.SIZE - 1;
    int at = (int) (count & isFew | binOf(holdNs) & ~isFew);
    if ((limit - 1 - count | into.length - 1 - at) < 0) {
      makeRoom(at);
    }
    into[at] += holdNs & isFew | 1 & ~isFew;
    count++;
  }

  private void makeRoom(int at) {
    if (count < EXACT) {
      few = Arrays.copyOf(few, 2 * few.length);
      into = few;
      limit = few.length;
    } else {
      bins = Arrays.copyOf(bins, (at / BINS + 3) * BINS);
      into = bins;
      limit = Long.MAX_VALUE;
    }
  }

  /** Adds all of another. */
  public void addAll(Holds other) {
    double sum = sumNs + other.sumNs;
    for (int i = 0; i < Math.min(other.count, EXACT); i++) {
      add(other.few[i]);
    }
    // If the other has filled bins, it has just filled the exact ones here.
    if (other.bins.length > bins.length) {
      makeRoom(other.bins.length - 1);
    }
    if (other.bins.length > 0) {
      for (int bin = 0; bin < other.bins.length; bin++) {
        bins[bin] += other.bins[bin];
        count += other.bins[bin];
      }
    }
    sumNs = sum;
  }

  private static int binOf(long holdNs) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(holdNs);
    int cut = Math.max(0, bits - KEPT);
    return cut * BINS + (int) (holdNs >>> cut);
  }

  private static long leastIn(int bin) {
    int cut = Math.max(0, bin / BINS - 1);
    return (long) (bin - cut * BINS) << cut;
  }

  /** How many holds are in each bin. */
  private long[] histogram() {
    int first = (int) Math.min(count, EXACT);
    int length = bins.length;
    for (int i = 0; i < first; i++) {
      length = Math.max(length, binOf(few[i]) + 1);
    }
    long[] all = Arrays.copyOf(bins, length);
    for (int i = 0; i < first; i++) {
      all[binOf(few[i])]++;
    }
    return all;
  }

  /** The longest of a bin up to which this share of all is. */
  private long quantileNs(long[] all, double share) {
    // Less by the smallest number that there is, as the product may have been rounded up.
    double percent = Math.nextDown(100 * share);
    double part = Math.max(1, Math.ceil(percent * count / 100));
    int bin = 0;
    for (long upTo = all[0]; upTo < part; upTo += all[bin]) {
      bin++;
    }
    return share == 0 ? leastIn(bin) : leastIn(bin + 1) - 1;
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
      return quantileNs(histogram(), share);
    }
    long[] sorted = Arrays.copyOf(few, (int) count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
  }

  /** Mean, median and 99th percentile; null if there was none. */
  public @Nullable Hold summary() {
    if (count > EXACT) {
      long[] all = histogram();
      return new Hold(meanNs(), quantileNs(all, 0.5), quantileNs(all, 0.99));
    }
    return count == 0 ? null : new Hold(meanNs(), quantileNs(0.5), quantileNs(0.99));
  }

  /**
   * How many there were in each of some buckets, each about a quarter wider than the one before.
   * Every hold is in one of them; one within 0.1 % of an edge may be on the other side of it.
   */
  public List<Bucket> buckets() {
    long[] all = histogram();
    List<Bucket> buckets = new ArrayList<>();
    long from = 0;
    long to = 1;
    long inside = 0;
    for (int bin = 0; bin < all.length; bin++) {
      if (all[bin] == 0) {
        continue;
      }
      // Where a bin begins decides, as it may straddle an edge. No bucket follows the last long.
      while (to <= leastIn(bin) && to < Long.MAX_VALUE) {
        if (inside > 0 || !buckets.isEmpty()) {
          buckets.add(new Bucket(from, to, inside));
        }
        inside = 0;
        from = to;
        to = Math.max(to + 1, (long) (to * WIDER));
      }
      inside += all[bin];
    }
    if (inside > 0) {
      buckets.add(new Bucket(from, to, inside));
    }
    return buckets;
  }
}
