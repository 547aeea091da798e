package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.FreeIndexes;
import dev.kretsim.plan.curve.OccupancyProbe;
import org.jspecify.annotations.Nullable;

/**
 * One way that a made-up load can go on: who is inside, at which index of the hunt for the lowest
 * free one, and what comes next. Its state can be copied, so that a rare moment can be continued
 * more than once; the copies go different ways, as all draw from the same streams.
 */
public abstract class Trail {
  /** Indexes that are free; a call takes the lowest. */
  final FreeIndexes free = new FreeIndexes();

  int inside;

  /** When the last call came, in ns from the start. */
  double nowNs;

  /** Is told who is inside from when on; null on all but the main trail. */
  @Nullable OccupancyProbe probe;

  /**
   * Goes on to the next call: whoever leaves before it or at the same time has left.
   *
   * @return how many are inside just before the call
   */
  public abstract int arrive();

  /**
   * The call of {@link #arrive} is entered.
   *
   * @return its index: a pool of {@code c} misses the call if and only if this is {@code >= c}
   */
  public abstract int enter();

  /** How long the call that was last entered stays, in ns. */
  abstract double lastHoldNs();

  /** How many things that will happen it keeps, where that is more than who is inside. */
  int entries() {
    return 0;
  }

  /** Becomes equal to another trail of the same load. */
  abstract void copyFrom(Trail other);

  final void copyCommon(Trail other) {
    free.copyFrom(other.free);
    inside = other.inside;
    nowNs = other.nowNs;
  }
}
