package dev.kretsim.plan.curve;

/** Looks at regular times how many are inside. */
public final class OccupancyProbe {
  /** After so many ns, 146 years, nobody looks any more. */
  private static final double LAST_NS = 1L << 62;

  private final Occupancy occupancy;
  private final double everyNs;
  private double nextNs;

  public OccupancyProbe(Occupancy occupancy, double fromNs, double everyNs) {
    this.occupancy = occupancy;
    this.everyNs = everyNs;
    this.nextNs = fromNs;
  }

  /** When to look next. */
  public double nextNs() {
    return nextNs;
  }

  /** It is {@link #nextNs}, and so many are inside. */
  public void look(int inside) {
    if (nextNs < LAST_NS) {
      occupancy.change((long) nextNs, inside);
    }
    // So late that a double cannot tell the next look from this one, time goes on all the same.
    nextNs = Math.max(nextNs + everyNs, Math.nextUp(nextNs));
  }

  /** Nobody is inside from {@link #nextNs} on until that time: one look stands for all. */
  public void lookIdle(double untilNs) {
    double looks = Math.floor((untilNs - nextNs) / everyNs);
    look(0);
    nextNs += looks * everyNs;
    if (nextNs <= untilNs) {
      nextNs = Math.nextUp(untilNs);
    }
  }
}
