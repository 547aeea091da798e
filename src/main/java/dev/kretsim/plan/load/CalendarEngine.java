package dev.kretsim.plan.load;

/** Call by call, with a calendar of departures: costs the same however many are inside. */
final class CalendarEngine extends OpenEngine {
  private static final int LENGTH = 1024;

  private final OpenTrail trail;
  private final int[] indexes = new int[LENGTH];

  CalendarEngine(OpenSource source, double load) {
    this.trail = new OpenTrail(source.gaps(), source.holds(), source.gapNs(), load);
  }

  @Override
  int next(int most) {
    int calls = Math.min(most, LENGTH);
    for (int call = 0; call < calls; call++) {
      trail.arrive();
      indexes[call] = trail.enter();
    }
    return calls;
  }

  @Override
  int[] indexes() {
    return indexes;
  }

  @Override
  double nowNs() {
    return trail.nowNs;
  }

  @Override
  long touched() {
    return trail.touched();
  }
}
