package dev.kretsim.fleet.simulate;

import java.util.List;

/**
 * What a described fleet would miss.
 *
 * @param drawn hosts that were drawn to tell it
 * @param target the share of its calls that a host may miss
 * @param confidence how sure the ranges are
 * @param shortOfThreads hosts whose threads cannot make so many calls, at least when most are made:
 *     they make as many as they can
 * @param pools for each maxactive asked for, the smallest first
 */
public record SimulatedFleet(
    DescribedFleet fleet,
    long seed,
    int drawn,
    double target,
    double confidence,
    double callsPerDay,
    double shortOfThreads,
    List<Pool> pools) {
  public SimulatedFleet {
    pools = List.copyOf(pools);
  }

  /**
   * What one number on every host does.
   *
   * @param hostsOverTarget hosts that miss more than the target, over a day
   * @param missedPerDay by all hosts together
   * @param ratioOfMedianHost the share that half of the hosts miss at most
   * @param ratioOf99Percent the share that 99 % of the hosts miss at most
   * @param ratioOfWorst the largest share of all hosts drawn
   */
  public record Pool(
      int maxactive,
      Range hostsOverTarget,
      Range missedPerDay,
      double ratioOfMedianHost,
      double ratioOf99Percent,
      double ratioOfWorst) {}

  /** What is to be expected, and between which numbers one fleet of that kind lies. */
  public record Range(double expected, double low, double high) {}
}
