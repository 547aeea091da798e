package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.Departures;
import dev.kretsim.plan.curve.OccupancyProbe;
import dev.kretsim.workload.random.Arrivals;
import java.util.function.DoubleSupplier;

/** Calls that come whether or not others are inside. */
final class OpenTrail extends Trail {
  private final Arrivals.Gaps gaps;
  private final DoubleSupplier holds;
  private final double[] source = new double[Arrivals.STATE];
  private final Departures departures;
  private double lastHold;

  /**
   * @param gapNs the mean gap between calls
   * @param load the mean number inside
   */
  OpenTrail(Arrivals.Gaps gaps, DoubleSupplier holds, double gapNs, double load) {
    this.gaps = gaps;
    this.holds = holds;
    this.departures = new Departures(gapNs, load);
    gaps.begin(source);
  }

  @Override
  public int arrive() {
    double arrival = nowNs + gaps.next(source);
    OccupancyProbe watching = probe;
    if (watching != null) {
      while (watching.nextNs() <= arrival) {
        inside -= departures.release(watching.nextNs(), free);
        if (inside == 0) {
          watching.lookIdle(arrival);
        } else {
          watching.look(inside);
        }
      }
    }
    nowNs = arrival;
    // A call that takes no time is released by the next, although that may come at the same time.
    inside -= departures.release(arrival, free);
    return inside;
  }

  @Override
  public int enter() {
    int index = free.takeLowest();
    inside++;
    lastHold = holds.getAsDouble();
    departures.add(index, nowNs + lastHold);
    return index;
  }

  @Override
  double lastHoldNs() {
    return lastHold;
  }

  /** How many entries of its calendar were looked at. */
  long touched() {
    return departures.touched();
  }

  @Override
  void copyFrom(Trail other) {
    OpenTrail from = (OpenTrail) other;
    copyCommon(from);
    System.arraycopy(from.source, 0, source, 0, source.length);
    departures.copyFrom(from.departures);
  }
}
