package dev.kretsim.plan.curve;

import java.util.Arrays;

/**
 * When the calls inside will leave: a calendar of buckets of equal width, used round and round,
 * each an unsorted list, since the order in which calls leave between two arrivals is of no
 * account.
 *
 * <p>A bucket is about one gap between calls wide, so a call is looked at about once on its way in
 * and once on its way out, whatever the load. Source: R. Brown, Calendar queues, 1988.
 */
public final class Departures {
  private static final int NONE = -1;
  private static final int FEWEST = 64;
  private static final int MOST = 1 << 18;

  private final double width;
  private final int[] heads;
  private final int mask;
  private double[] timeOf = new double[FEWEST];
  private int[] next = new int[FEWEST];
  private int highest;
  private long bucket;
  private long touched;

  /**
   * @param gapNs the mean time between calls
   * @param load how many are inside on average
   */
  public Departures(double gapNs, double load) {
    this.width = Math.max(gapNs, 1e-6);
    long wanted = Math.min(MOST, Math.max(FEWEST, (long) (2 * load)));
    this.heads = new int[(int) (2 * Long.highestOneBit(wanted - 1))];
    this.mask = heads.length - 1;
    Arrays.fill(heads, NONE);
  }

  private long bucketOf(double timeNs) {
    return (long) (timeNs / width);
  }

  /** The call with that index will leave at that time, which is not before the last release. */
  public void add(int index, double timeNs) {
    if (index >= next.length) {
      int length = Math.max(index + 1, 2 * next.length);
      timeOf = Arrays.copyOf(timeOf, length);
      next = Arrays.copyOf(next, length);
    }
    highest = Math.max(highest, index);
    int slot = (int) (bucketOf(timeNs) & mask);
    timeOf[index] = timeNs;
    next[index] = heads[slot];
    heads[slot] = index;
  }

  /**
   * Lets all leave whose time has come.
   *
   * @return how many left
   */
  public int release(double nowNs, FreeIndexes free) {
    long last = bucketOf(nowNs);
    long first = Math.max(bucket, last - mask);
    int left = 0;
    for (long at = first; at <= last; at++) {
      left += release((int) (at & mask), nowNs, free);
    }
    touched += last - first + 1;
    bucket = last;
    return left;
  }

  private int release(int slot, double nowNs, FreeIndexes free) {
    int left = 0;
    int kept = NONE;
    int index = heads[slot];
    while (index != NONE) {
      int following = next[index];
      touched++;
      if (timeOf[index] <= nowNs) {
        free.giveBack(index);
        left++;
      } else {
        next[index] = kept;
        kept = index;
      }
      index = following;
    }
    heads[slot] = kept;
    return left;
  }

  /** How many buckets and calls releases have looked at. */
  public long touched() {
    return touched;
  }

  public void copyFrom(Departures other) {
    System.arraycopy(other.heads, 0, heads, 0, heads.length);
    if (next.length <= other.highest) {
      timeOf = new double[other.next.length];
      next = new int[other.next.length];
    }
    System.arraycopy(other.timeOf, 0, timeOf, 0, other.highest + 1);
    System.arraycopy(other.next, 0, next, 0, other.highest + 1);
    highest = other.highest;
    bucket = other.bucket;
  }
}
