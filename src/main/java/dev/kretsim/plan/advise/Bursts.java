package dev.kretsim.plan.advise;

import dev.kretsim.plan.Recommendation.Burst;
import dev.kretsim.plan.formula.ErlangB;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What a load needs if its calls come in bursts, told by the dispersion of the number inside: its
 * variance over its mean, 1 for calls at random.
 */
final class Bursts {
  /** Mild and strong ones: a recording of waking sleepers had 2, batches of eight have 8. */
  private static final double[] DISPERSIONS = {2, 8};

  private Bursts() {}

  /**
   * The sizes for each dispersion.
   *
   * @param load the mean number inside, if the load is that bursty
   * @param least what calls at random need: bursts need no less
   */
  static List<Burst> of(DoubleUnaryOperator load, double target, int least) {
    List<Burst> bursts = new ArrayList<>();
    for (double dispersion : DISPERSIONS) {
      int size = size(load.applyAsDouble(dispersion), dispersion, target);
      bursts.add(new Burst(dispersion, Math.max(least, size)));
    }
    return bursts;
  }

  /**
   * The larger of two worlds. In one, calls come in whole groups of the dispersion's size, each of
   * which needs as many instances as it has calls. In the other, times with many calls take turns
   * with times of none: a call then finds as many more inside as the dispersion is above 1 (exact
   * for exponential holds), however rare such times are.
   */
  static int size(double load, double dispersion, double target) {
    double groups = dispersion * ErlangB.sizeFor(Math.max(1e-12, load / dispersion), target);
    int turns = ErlangB.sizeFor(Math.max(1e-12, load + dispersion - 1), target);
    return Math.max((int) Math.ceil(groups), turns);
  }
}
