package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.BatchCounts;
import dev.kretsim.plan.curve.OneWordHunt;

/**
 * Plays the calls of an open load and finds each one's index in the hunt for the lowest free one: a
 * pool of {@code c} misses the call if and only if that is {@code >= c}, so one pass has the misses
 * of all sizes. All engines play the same calls for the same seed; they differ in what that costs.
 */
abstract class OpenEngine {
  /**
   * The engine that suits a load.
   *
   * @param load the mean number inside
   */
  static OpenEngine of(OpenSource source, double load) {
    return load <= BlockEngine.MOST_LOAD
        ? new BlockEngine(source, BlockEngine.lengthFor(load), new OneWordHunt())
        : new CalendarEngine(source, load);
  }

  /**
   * Plays on.
   *
   * @param most at least 1
   * @return how many calls were played, at least 1 and at most so many
   */
  abstract int next(int most);

  /** The indexes of the calls of the last {@link #next}, in order; the rest is anything. */
  abstract int[] indexes();

  /** When the last call came, in ns from the start. */
  abstract double nowNs();

  /**
   * How many entries of its tables the engine has looked at: its work but for a constant a call.
   */
  abstract long touched();

  /** Plays so many calls, and counts their indexes. */
  final void play(long calls, BatchCounts counts) {
    for (long left = calls; left > 0; ) {
      int played = next((int) Math.min(left, Integer.MAX_VALUE));
      counts.addAll(indexes(), played);
      left -= played;
    }
  }
}
