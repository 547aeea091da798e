package dev.kretsim.workload.random;

/** Lengths that are drawn many at a time, which costs less a length. */
final class LengthsAhead implements Lengths {
  private final Lengths source;
  private final double[] drawn;
  private int used;

  LengthsAhead(Lengths source, int many) {
    this.source = source;
    this.drawn = new double[many];
    this.used = many;
  }

  @Override
  public double getAsDouble() {
    if (used == drawn.length) {
      source.fill(drawn, drawn.length);
      used = 0;
    }
    return drawn[used++];
  }
}
