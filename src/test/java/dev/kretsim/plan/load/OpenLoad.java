package dev.kretsim.plan.load;

import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;

/** An open load, and the draws of a seed, any number of times. */
record OpenLoad(Arrivals arrivals, Distribution hold, long seed) {
  OpenLoad(String arrivals, String hold, long seed) {
    this(Arrivals.parse(arrivals), Distribution.parse(hold), seed);
  }

  OpenSource source() {
    return new SyntheticLoad.Open(arrivals, hold).source(streams());
  }

  SyntheticLoad.Streams.OfOne streams() {
    return new SyntheticLoad.Streams(seed).next();
  }

  /** The mean number inside. */
  double offered() {
    return new SyntheticLoad.Open(arrivals, hold).offeredLoad();
  }
}
