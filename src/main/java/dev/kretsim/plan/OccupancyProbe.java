package dev.kretsim.plan;

/** Looks at regular times how many are inside. */
final class OccupancyProbe {
  private final Occupancy occupancy;
  private final double everyNs;
  private double nextNs;

  OccupancyProbe(Occupancy occupancy, double fromNs, double everyNs) {
    this.occupancy = occupancy;
    this.everyNs = everyNs;
    this.nextNs = fromNs;
  }

  /** When to look next. */
  double nextNs() {
    return nextNs;
  }

  /** It is {@link #nextNs}, and so many are inside. */
  void look(int inside) {
    occupancy.change((long) nextNs, inside);
    nextNs += everyNs;
  }
}
