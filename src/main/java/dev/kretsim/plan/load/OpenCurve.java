package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.BatchCounts;

/**
 * How many calls of an open load each size of pool misses, all sizes in one pass, without bounds:
 * the plain count that {@code SyntheticPlanner} sharpens for rare misses.
 */
public final class OpenCurve {
  private static final int BATCHES = 64;

  private final OpenEngine engine;
  private final BatchCounts counts = new BatchCounts(BATCHES, 1);

  private OpenCurve(OpenEngine engine) {
    this.engine = engine;
  }

  /** Begins with none inside, and plays in the way that suits the load. */
  public static OpenCurve of(SyntheticLoad.Open load, long seed) {
    return new OpenCurve(load.engine(new SyntheticLoad.Streams(seed).next()));
  }

  /** The same calls, call by call with a calendar, as the planner plays its branches. */
  public static OpenCurve byCalendar(SyntheticLoad.Open load, long seed) {
    return new OpenCurve(new CalendarEngine(draws(load, seed), load.offeredLoad()));
  }

  /** What both draw for a seed, for other simulations of the same calls. */
  public static OpenSource draws(SyntheticLoad.Open load, long seed) {
    return load.source(new SyntheticLoad.Streams(seed).next());
  }

  /** Plays so many calls more. */
  public void play(long calls) {
    engine.play(calls, counts);
  }

  /** Number of calls that were played. */
  public long calls() {
    return counts.calls();
  }

  /**
   * Number of calls that pools of each size miss.
   *
   * @return element <i>c</i> is that number for <i>c</i> instances, from 0 to the most that were
   *     inside at once, where it is 0
   */
  public long[] missedBySize() {
    double[] tail = counts.tail(counts.peak() + 1);
    long[] missed = new long[tail.length];
    for (int size = 0; size < missed.length; size++) {
      missed[size] = (long) tail[size];
    }
    return missed;
  }
}
