package dev.kretsim.benchmarks;

import dev.kretsim.plan.load.OpenCurve;
import dev.kretsim.plan.load.OpenSource;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Lengths;

/** The gaps and holds that the planner draws for a seed, one by one or many at a time. */
final class LoadDraws {
  private final Arrivals.Gaps gaps;
  private final Lengths holds;
  private final double[] state = new double[Arrivals.STATE];

  LoadDraws(SyntheticLoad.Open load, long seed) {
    OpenSource source = OpenCurve.draws(load, seed);
    gaps = source.gaps();
    holds = source.holds();
    gaps.begin(state);
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
