package dev.kretsim.plan.curve;

import java.util.Arrays;

/**
 * The arrivals of a block in order of time, and for any time the first of them that is not before
 * it: who leaves then has left when that one comes.
 *
 * <p>A guide table of {@value #BUCKETS} buckets an arrival says where to begin to look, so mostly
 * one comparison is enough; where many arrivals share a bucket, a search that doubles its step
 * finds the place. With fewer buckets a processor guesses wrong more often whether one is enough.
 */
public final class ArrivalRanks {
  private static final int BUCKETS = 8;
  private static final int FIELDS_BITS = 2;
  private static final int FIELDS = 1 << FIELDS_BITS;
  private static final int FIELD_BITS = 16;
  private static final int FIELD = (1 << FIELD_BITS) - 1;

  /** Words of the guide table for each arrival. */
  private static final int WORDS = BUCKETS / FIELDS;

  /** A word with 1 in each of its four fields: the product with it sums fields from below. */
  private static final long ONES = 0x0001_0001_0001_0001L;

  /** So many arrivals at most: their number fits a field. */
  public static final int MOST = 1 << (FIELD_BITS - 1);

  private final double[] times;

  /** For each bucket, the number of arrivals in those before it; four buckets to a word. */
  private final long[] guide;

  private int arrivals;
  private int lastBucket;
  private double beginNs;
  private double scale;
  private long compared;

  public ArrivalRanks(int most) {
    times = new double[most + 1];
    guide = new long[WORDS * most];
  }

  /** Their times, to be filled in before {@link #arrange}. */
  public double[] times() {
    return times;
  }

  /**
   * @param count how many arrivals there are, at least 1, in order
   * @param fromNs not after the first
   */
  public void arrange(int count, double fromNs) {
    arrivals = count;
    times[count] = Double.POSITIVE_INFINITY;
    lastBucket = BUCKETS * count - 1;
    beginNs = fromNs;
    double span = times[count - 1] - fromNs;
    scale = span > 0 ? Math.min(lastBucket / span, Double.MAX_VALUE) : 0;
    countEach(count);
    sum(WORDS * count);
  }

  private void countEach(int count) {
    Arrays.fill(guide, 0, WORDS * count, 0);
    long word = 0;
    int before = 0;
    for (int i = 0; i < count; i++) {
      int bucket = bucketOf(times[i]);
      int at = bucket >> FIELDS_BITS;
      // Arrivals are in order, so a word that is left is complete.
      word &= ~((before - at) >> 31);
      word += 1L << (FIELD_BITS * (bucket & (FIELDS - 1)));
      guide[at] = word;
      before = at;
    }
  }

  private void sum(int words) {
    long before = 0;
    for (int at = 0; at < words; at++) {
      long upTo = guide[at] * ONES;
      guide[at] = (upTo << FIELD_BITS) + before * ONES;
      before += upTo >>> (FIELD_BITS * (FIELDS - 1));
    }
  }

  private int bucketOf(double timeNs) {
    return bucketOf(timeNs, beginNs, scale, lastBucket);
  }

  private static int bucketOf(double timeNs, double beginNs, double scale, int lastBucket) {
    return Math.min((int) ((timeNs - beginNs) * scale), lastBucket);
  }

  /** When the last of them comes. */
  public double endNs() {
    return times[arrivals - 1];
  }

  /** The first arrival that is not before a time; their number if all are. */
  public int of(double timeNs) {
    int rank = near(timeNs, bucketOf(timeNs), guide, times);
    return times[rank] < timeNs ? search(rank, timeNs) : rank;
  }

  /** Mostly the first arrival that is not before a time, else one that is. */
  private static int near(double timeNs, int bucket, long[] guide, double[] times) {
    long word = guide[bucket >> FIELDS_BITS];
    int rank = (int) (word >>> (FIELD_BITS * (bucket & (FIELDS - 1)))) & FIELD;
    return rank + (times[rank] < timeNs ? 1 : 0);
  }

  /** As {@link #of}, given one that is before. */
  private int search(int before, double timeNs) {
    int low = before;
    int step = 1;
    while (low + step < arrivals && times[low + step] < timeNs) {
      low += step;
      step *= 2;
      compared++;
    }
    int high = Math.min(low + step, arrivals);
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      compared++;
      if (times[middle] < timeNs) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * For calls that come at these times, the first arrival after each to find that it has left.
   *
   * @param holdsNs how long each stays
   */
  public void ofDepartures(double[] holdsNs, int[] ranks) {
    // Fields would be loaded again for each call, because of the searches between.
    int count = arrivals;
    double[] at = times;
    long[] table = guide;
    double from = beginNs;
    double perNs = scale;
    int last = lastBucket;
    for (int i = 0; i < count; i++) {
      double leaveNs = at[i] + holdsNs[i];
      int rank = near(leaveNs, bucketOf(leaveNs, from, perNs, last), table, at);
      if (at[rank] < leaveNs) {
        rank = search(rank, leaveNs);
      }
      ranks[i] = Math.max(rank, i + 1);
    }
  }

  /** How many arrivals searches have looked at, beyond the two of each. */
  public long compared() {
    return compared;
  }
}
