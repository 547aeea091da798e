package dev.kretsim.plan;

import java.util.Arrays;

/**
 * The arrivals of a block in order of time, and for any time the first of them that is not before
 * it: who leaves then has left when that one comes.
 *
 * <p>A guide table of four buckets an arrival says where to begin to look, so mostly one comparison
 * is enough; where many arrivals share a bucket, a search that doubles its step finds the place.
 */
final class ArrivalRanks {
  private static final int FIELDS_BITS = 2;
  private static final int FIELDS = 1 << FIELDS_BITS;
  private static final int FIELD_BITS = 16;
  private static final int FIELD = (1 << FIELD_BITS) - 1;

  /** A word with 1 in each of its four fields: the product with it sums fields from below. */
  private static final long ONES = 0x0001_0001_0001_0001L;

  /** So many arrivals at most: their number fits a field. */
  static final int MOST = 1 << (FIELD_BITS - 1);

  private final double[] times;

  /** For each bucket, the number of arrivals in those before it; four buckets to a word. */
  private final long[] guide;

  private int arrivals;
  private int lastBucket;
  private double beginNs;
  private double scale;
  private long compared;

  ArrivalRanks(int most) {
    times = new double[most + 1];
    guide = new long[most];
  }

  /** Their times, to be filled in before {@link #arrange}. */
  double[] times() {
    return times;
  }

  /**
   * @param count how many arrivals there are, at least 1, in order
   * @param fromNs not after the first
   */
  void arrange(int count, double fromNs) {
    arrivals = count;
    times[count] = Double.POSITIVE_INFINITY;
    lastBucket = FIELDS * count - 1;
    beginNs = fromNs;
    double span = times[count - 1] - fromNs;
    scale = span > 0 ? Math.min(lastBucket / span, Double.MAX_VALUE) : 0;
    countEach(count);
    sum(count);
  }

  private void countEach(int count) {
    Arrays.fill(guide, 0, count, 0);
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
    return Math.min((int) ((timeNs - beginNs) * scale), lastBucket);
  }

  /** When the last of them comes. */
  double endNs() {
    return times[arrivals - 1];
  }

  /** The first arrival that is not before a time; their number if all are. */
  int of(double timeNs) {
    int bucket = bucketOf(timeNs);
    int rank =
        (int) (guide[bucket >> FIELDS_BITS] >>> (FIELD_BITS * (bucket & (FIELDS - 1)))) & FIELD;
    rank += times[rank] < timeNs ? 1 : 0;
    return times[rank] < timeNs ? search(rank, timeNs) : rank;
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
  void ofDepartures(double[] holdsNs, int[] ranks) {
    int count = arrivals;
    for (int i = 0; i < count; i++) {
      ranks[i] = Math.max(of(times[i] + holdsNs[i]), i + 1);
    }
  }

  /** How many arrivals searches have looked at, beyond the two of each. */
  long compared() {
    return compared;
  }
}
