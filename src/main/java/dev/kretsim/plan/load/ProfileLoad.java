package dev.kretsim.plan.load;

import dev.kretsim.plan.formula.ErlangB;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The offered load behind the hits and misses of a pool of known size: Erlang's formula solved for
 * the load.
 *
 * <p>The interval is that of Clopper and Pearson for the miss ratio, on as many independent calls
 * as these are worth: misses come in clumps, whose size follows from the load ({@link
 * ErlangB#clump}). It holds for calls that come at random; it cannot know bursts that two counters
 * do not show.
 *
 * @param load the load whose loss is the ratio seen
 * @param low lower bound of the load
 * @param high upper bound of the load
 */
public record ProfileLoad(double load, double low, double high) {
  private static final int ROUNDS = 20;

  /**
   * The load.
   *
   * @param hits calls that got an instance
   * @param misses calls that did not
   * @param maxactive the size of the pool, at least 1
   * @param confidence in (0, 1)
   */
  public static ProfileLoad of(long hits, long misses, int maxactive, double confidence) {
    double calls = (double) hits + misses;
    double ratio = misses / calls;
    double load = loadFor(maxactive, ratio);
    double high = loadFor(maxactive, highestRatio(misses, calls, maxactive, confidence));
    double clump = load > 0 ? Math.max(1, ErlangB.clump(load, maxactive)) : 1;
    double low = loadFor(maxactive, lower(misses / clump, calls / clump, confidence));
    return new ProfileLoad(load, Math.min(low, load), Math.max(high, load));
  }

  /**
   * The largest miss ratio that such counts allow, on as many independent calls as they are worth.
   *
   * @param misses need not be whole, at least 0
   * @param calls need not be whole, above 0
   */
  public static double highestRatio(double misses, double calls, int maxactive, double confidence) {
    double ratio = Math.min(1 - 1e-9, misses / calls);
    double high = loadFor(maxactive, ratio);
    // The clump depends on the load, and where no miss was seen on its upper bound.
    double highest = ratio;
    for (int round = 0; round < ROUNDS; round++) {
      double clump = Math.max(1, ErlangB.clump(Math.max(high, 1e-9), maxactive));
      highest = upper(misses / clump, calls / clump, confidence);
      high = loadFor(maxactive, highest);
    }
    return Math.max(ratio, Math.min(1 - 1e-9, highest));
  }

  private static double loadFor(int maxactive, double ratio) {
    return ratio <= 0 ? 0 : ErlangB.loadFor(maxactive, Math.min(ratio, 1 - 1e-9));
  }

  private static double upper(double missed, double calls, double confidence) {
    return calls - missed <= 0
        ? 1
        : BetaDistribution.of(missed + 1, calls - missed)
            .inverseCumulativeProbability((1 + confidence) / 2);
  }

  private static double lower(double missed, double calls, double confidence) {
    return missed <= 0
        ? 0
        : BetaDistribution.of(missed, calls - missed + 1)
            .inverseCumulativeProbability((1 - confidence) / 2);
  }
}
