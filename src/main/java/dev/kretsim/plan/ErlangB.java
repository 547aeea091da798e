package dev.kretsim.plan;

/**
 * Erlang's loss formula: the share of calls that find all of <i>c</i> instances taken, if calls
 * arrive at random (Poisson). It depends on the offered load alone, not on how the holds spread.
 *
 * <p>Source: A. K. Erlang 1917; the recursion is the standard stable one.
 */
final class ErlangB {
  private ErlangB() {}

  /**
   * The loss for each size of pool.
   *
   * @param load arrival rate times mean hold, at least 0
   * @param largest the largest pool asked for
   * @return element <i>c</i> is the loss with <i>c</i> instances, from 0 to {@code largest}
   */
  static double[] losses(double load, int largest) {
    double[] losses = new double[largest + 1];
    losses[0] = 1;
    for (int c = 1; c <= largest; c++) {
      losses[c] = load * losses[c - 1] / (c + load * losses[c - 1]);
    }
    return losses;
  }
}
