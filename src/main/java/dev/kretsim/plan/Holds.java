package dev.kretsim.plan;

import dev.kretsim.plan.FunctionPlan.Bucket;
import dev.kretsim.plan.FunctionPlan.Hold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long calls stayed inside. Exact up to {@value #EXACT} calls, from then on within 0.1 % from a
 * histogram; the mean is always exact.
 */
final class Holds {
  private static final int EXACT = 1024;
  private static final int DIGITS = 3;
  private static final double WIDER = 1.25;

  private long[] few = new long[16];
  private int count;
  private @Nullable Histogram many;
  private double sumNs;

  void add(long holdNs) {
    sumNs += holdNs;
    if (many == null && count < EXACT) {
      if (count == few.length) {
        few = Arrays.copyOf(few, 2 * count);
      }
      few[count++] = holdNs;
      return;
    }
    histogram().recordValue(holdNs);
  }

  /** Adds all of another. */
  void addAll(Holds other) {
    Histogram others = other.many;
    if (others == null) {
      for (int i = 0; i < other.count; i++) {
        add(other.few[i]);
      }
      return;
    }
    histogram().add(others);
    sumNs += other.sumNs;
  }

  private Histogram histogram() {
    Histogram all = many;
    if (all == null) {
      all = new Histogram(DIGITS);
      for (int i = 0; i < count; i++) {
        all.recordValue(few[i]);
      }
      few = new long[0];
      many = all;
    }
    return all;
  }

  long count() {
    return many == null ? count : many.getTotalCount();
  }

  /** Mean in ns; NaN if there was none. */
  double meanNs() {
    return sumNs / count();
  }

  /** The hold that this share of all does not exceed, in ns; {@code count() > 0}. */
  long quantileNs(double share) {
    if (many != null) {
      return many.getValueAtPercentile(100 * share);
    }
    long[] sorted = Arrays.copyOf(few, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
  }

  /** Mean, median and 99th percentile; null if there was none. */
  @Nullable Hold summary() {
    return count() == 0 ? null : new Hold(meanNs(), quantileNs(0.5), quantileNs(0.99));
  }

  /**
   * How many there were in each of some buckets, each about a quarter wider than the one before.
   */
  List<Bucket> buckets() {
    Histogram all = many;
    if (all == null) {
      all = new Histogram(DIGITS);
      for (int i = 0; i < count; i++) {
        all.recordValue(few[i]);
      }
    }
    List<Bucket> buckets = new ArrayList<>();
    long from = 0;
    long to = 1;
    while (all.getTotalCount() > 0 && from <= all.getMaxValue()) {
      buckets.add(new Bucket(from, to, all.getCountBetweenValues(from, to - 1)));
      from = to;
      to = Math.max(to + 1, (long) (to * WIDER));
    }
    while (!buckets.isEmpty() && buckets.get(0).count() == 0) {
      buckets.remove(0);
    }
    return buckets;
  }
}
