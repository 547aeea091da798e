package dev.kretsim.benchmarks.simulator;

import dev.kretsim.plan.load.OpenCurve;
import dev.kretsim.plan.load.OpenSource;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Lengths;

/** The gaps and holds that the planner draws for a seed, one by one or many at a time. */
public final class LoadDraws {
  private final Arrivals.Gaps gaps;
  private final Lengths holds;
  private final double[] state = new double[Arrivals.STATE];

  public LoadDraws(SyntheticLoad.Open load, long seed) {
    OpenSource source = OpenCurve.draws(load, seed);
    gaps = source.gaps();
    holds = source.holds();
    gaps.begin(state);
  }

  public double gap() {
    return gaps.next(state);
  }

  public double hold() {
    return holds.getAsDouble();
  }

  public void fill(double[] gapsInto, double[] holdsInto) {
    gaps.fill(state, gapsInto, gapsInto.length);
    holds.fill(holdsInto, holdsInto.length);
  }
}
