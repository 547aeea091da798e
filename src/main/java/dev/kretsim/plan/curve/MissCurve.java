package dev.kretsim.plan.curve;

/**
 * How many calls each size of pool misses, all sizes at once and in one pass.
 *
 * <p>Each call takes the lowest free index when it is entered and gives it back when it returns. A
 * missed call runs to its end like any other, so who is inside does not depend on the pool; hence
 * the indexes below <i>c</i> are taken exactly as a pool of <i>c</i> instances would be, and a call
 * whose index is <i>c</i> or above is exactly one that this pool misses.
 */
public final class MissCurve {
  private final FreeIndexes free = new FreeIndexes();

  /** The most batches that the spread of the misses is taken from. */
  static final int BATCHES = 64;

  private final BatchCounts counts;
  private int peak;

  /** No call yet. */
  public MissCurve() {
    this(new BatchCounts(BATCHES, 1));
  }

  private MissCurve(BatchCounts counts) {
    this.counts = counts;
  }

  /** One that is equal, and goes its own way from here. */
  MissCurve copy() {
    MissCurve copy = new MissCurve(counts.copy());
    copy.free.copyFrom(free);
    copy.peak = peak;
    return copy;
  }

  /**
   * A call is entered.
   *
   * @return its index, to give back with {@link #leave}: a pool of {@code c} misses the call if and
   *     only if this is {@code >= c}
   */
  public int enter() {
    int index = occupy();
    counts.add(index);
    return index;
  }

  /** As {@link #enter}, for a call that was entered unseen, before the trace: it is not counted. */
  public int occupy() {
    int index = free.takeLowest();
    peak = Math.max(peak, index + 1);
    return index;
  }

  /** The call with that index returns. */
  public void leave(int index) {
    free.giveBack(index);
  }

  /** Number of calls that were entered. */
  public long calls() {
    return counts.calls();
  }

  /** The most calls that were inside at once: the smallest pool that missed none. */
  public int peak() {
    return peak;
  }

  /**
   * Number of calls that pools of each size miss.
   *
   * @return element <i>c</i> is that number for <i>c</i> instances, from 0 to {@link #peak}, where
   *     it is 0
   */
  public long[] missedBySize() {
    double[] tail = counts.tail(peak + 1);
    long[] missed = new long[tail.length];
    for (int size = 0; size < missed.length; size++) {
      missed[size] = (long) tail[size];
    }
    return missed;
  }

  /** The indexes that nobody has; not to be changed. */
  FreeIndexes free() {
    return free;
  }

  /** The counts of successive stretches of calls. */
  BatchCounts batches() {
    return counts;
  }
}
