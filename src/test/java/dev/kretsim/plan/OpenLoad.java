package dev.kretsim.plan;

import dev.kretsim.workload.Arrivals;
import dev.kretsim.workload.Distribution;

/** An open load, and the draws of a seed, any number of times. */
record OpenLoad(Arrivals arrivals, Distribution hold, long seed) {
  OpenLoad(String arrivals, String hold, long seed) {
    this(Arrivals.parse(arrivals), Distribution.parse(hold), seed);
  }

  OpenSource source() {
    SyntheticLoad.Seeds seeds = new SyntheticLoad.Seeds(seed);
    return new OpenSource(
        arrivals.gaps(seeds.stream()),
        hold.exactSampler(seeds.stream()),
        1e9 / arrivals.ratePerSecond());
  }

  /** The mean number inside. */
  double offered() {
    return new SyntheticLoad.Open(arrivals, hold).offeredLoad();
  }
}
