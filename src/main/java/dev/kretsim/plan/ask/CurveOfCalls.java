package dev.kretsim.plan.ask;

import dev.kretsim.plan.curve.MissCurve;

/**
 * How many of your own calls each size of pool would miss, all sizes at once and in one pass.
 *
 * <p>Tell it of each entry and each return, in the order of time; where both come at one time, the
 * return first. Not for several threads at once.
 */
public final class CurveOfCalls {
  private final MissCurve curve = new MissCurve();

  /**
   * A call is entered.
   *
   * @return what {@link #leave} takes: the call is missed by each pool of at most so many instances
   */
  public int enter() {
    return curve.enter();
  }

  /**
   * The call for which {@link #enter} returned this is over.
   *
   * @param call what {@link #enter} returned
   */
  public void leave(int call) {
    curve.leave(call);
  }

  /** {@return how many calls there were so far} */
  public long calls() {
    return curve.calls();
  }

  /** {@return the most that were inside at once: the smallest pool that missed none} */
  public int peak() {
    return curve.peak();
  }

  /**
   * {@return how many of the calls so far a pool misses}
   *
   * @param maxactive its instances, at least 0
   */
  public long missed(int maxactive) {
    if (maxactive < 0) {
      throw new IllegalArgumentException("maxactive must be >= 0: maxactive=" + maxactive);
    }
    return maxactive >= peak() ? 0 : curve.missedBySize()[maxactive];
  }
}
