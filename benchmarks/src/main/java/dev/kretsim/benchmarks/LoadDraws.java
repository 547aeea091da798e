package dev.kretsim.benchmarks;

import dev.kretsim.plan.SyntheticLoad;
import dev.kretsim.workload.Arrivals;
import dev.kretsim.workload.Lengths;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** The gaps and holds that the planner draws for a seed, one by one or many at a time. */
final class LoadDraws {
  private final Arrivals.Gaps gaps;
  private final Lengths holds;
  private final double[] state = new double[Arrivals.STATE];

  LoadDraws(SyntheticLoad.Open load, long seed) {
    UniformRandomProvider master = RandomSource.SPLIT_MIX_64.create(seed);
    gaps = load.arrivals().gaps(stream(master));
    holds = load.hold().exactSampler(stream(master));
    gaps.begin(state);
  }

  private static UniformRandomProvider stream(UniformRandomProvider master) {
    return RandomSource.XO_RO_SHI_RO_128_PP.create(
        new long[] {master.nextLong(), master.nextLong()});
  }

  double gap() {
    return gaps.next(state);
  }

  double hold() {
    return holds.getAsDouble();
  }

  void fill(double[] gapsInto, double[] holdsInto) {
    gaps.fill(state, gapsInto, gapsInto.length);
    holds.fill(holdsInto, holdsInto.length);
  }
}
