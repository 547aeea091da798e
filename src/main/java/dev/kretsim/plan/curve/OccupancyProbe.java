package dev.kretsim.plan.curve;

/** Looks at regular times how many are inside. */
public final class OccupancyProbe {
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
    occupancy.change((long) nextNs, inside);
    nextNs += everyNs;
  }
}
