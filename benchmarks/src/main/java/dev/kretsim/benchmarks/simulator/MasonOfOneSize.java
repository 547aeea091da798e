package dev.kretsim.benchmarks.simulator;

import sim.engine.Schedule;
import sim.engine.SimState;
import sim.engine.Steppable;

/** With the schedule of MASON. */
public final class MasonOfOneSize implements OneSize {
  private static final int BEFORE_ARRIVALS = 0;
  private static final int ARRIVALS = 1;

  private final LoadDraws draws;
  private final int size;
  private final SimState state = new SimState(1);
  private final Schedule schedule = state.schedule;
  private final Steppable departure = any -> leave();
  private final Steppable arrival = any -> arrive();
  private int inside;
  private int left;
  private long missed;

  public MasonOfOneSize(LoadDraws draws, int size) {
    this.draws = draws;
    this.size = size;
    schedule.scheduleOnce(draws.gap(), ARRIVALS, arrival);
  }

  @Override
  public long missed(int calls) {
    left = calls;
    missed = 0;
    while (left > 0) {
      schedule.step(state);
    }
    return missed;
  }

  private void arrive() {
    double now = schedule.getTime();
    double leaves = now + draws.hold();
    if (inside < size) {
      inside++;
      schedule.scheduleOnce(leaves, BEFORE_ARRIVALS, departure);
    } else {
      missed++;
    }
    schedule.scheduleOnce(now + draws.gap(), ARRIVALS, arrival);
    left--;
  }

  private void leave() {
    inside--;
  }
}
