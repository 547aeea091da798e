package dev.kretsim.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Plays a described load until the miss ratios of all sizes of pool are known well enough.
 *
 * <p>The main trail is an ordinary path of the load: it warms up (uncounted), then pilot runs find
 * where to split (see {@link Splitting}), then it is counted. One pass gives the ratio for every
 * maxactive, rare ones included.
 */
final class SyntheticRun {
  /** How long a run goes on. */
  record Effort(long calls, double precision, double floor, double confidence, long mostEvents) {
    boolean untilPrecise() {
      return calls == 0;
    }
  }

  private static final int WARM_UP_CALLS = 1000;
  private static final int WARM_UP_RELAXATIONS = 100;
  private static final int PILOT_CALLS = 20_000;
  private static final int PILOT_RELAXATIONS = 50;
  private static final int MOST_PILOTS = 16;

  /** Split so much deeper than the smallest ratio of interest that it is seen in every batch. */
  private static final double BELOW_FLOOR = 20;

  private static final int FEWEST_CALLS = 100_000;
  private static final int FEWEST_RELAXATIONS = 2000;
  private static final double BETWEEN_CHECKS = 1.3;
  private static final int LOOKS_PER_RELAXATION = 4;

  /** The most batches of the main trail that the spread is taken from. */
  private static final int BATCHES = 128;

  private static final int CALLS_OF_FIRST_BATCHES = 128;

  private final SyntheticLoad load;
  private final Effort effort;
  private final DoubleConsumer progress;
  private final SyntheticLoad.Trails trails;

  private final Trail main;
  private final List<Trail> branches = new ArrayList<>();
  private final Occupancy occupancy = new Occupancy();
  private final Holds holds = new Holds();

  private Splitting splitting = Splitting.none();
  private InsideCounts pilot = new InsideCounts();
  private BatchCounts indexes = newCounts();
  private BatchCounts found = newCounts();
  private long events;
  private double countedFromNs;

  /**
   * @param progress is told now and then which share of the work is done
   */
  SyntheticRun(SyntheticLoad load, long seed, Effort effort, DoubleConsumer progress) {
    this.load = load;
    this.effort = effort;
    this.progress = progress;
    this.trails = load.trails(seed);
    this.main = trails.begin();
  }

  private static BatchCounts newCounts() {
    return new BatchCounts(BATCHES, CALLS_OF_FIRST_BATCHES);
  }

  /** Plays it. */
  WeightedCurve play() {
    warmUp();
    findThresholds();
    count();
    return curve();
  }

  private WeightedCurve curve() {
    return new WeightedCurve(
        indexes, found, load.insideAtCalls(), effort.confidence(), effort.floor());
  }

  private void warmUp() {
    double untilNs = WARM_UP_RELAXATIONS * load.relaxationNs();
    for (int call = 0; call < WARM_UP_CALLS || main.nowNs < untilNs; call++) {
      main.arrive();
      main.enter();
    }
  }

  private void findThresholds() {
    long calls = Math.max(PILOT_CALLS, (long) (PILOT_RELAXATIONS * callsPerRelaxation()));
    for (int round = 0; round < MOST_PILOTS; round++) {
      pilot = new InsideCounts();
      indexes = newCounts();
      found = newCounts();
      for (long call = 0; call < calls; call++) {
        step();
      }
      Splitting deeper = pilot.splitting(effort.floor() / BELOW_FLOOR);
      if (deeper.highest() <= splitting.highest()) {
        break;
      }
      splitting = deeper;
    }
  }

  private double callsPerRelaxation() {
    return Math.max(1, load.ratePerSecond() * load.relaxationNs() / SyntheticLoad.NS_PER_SECOND);
  }

  private void count() {
    pilot = new InsideCounts();
    indexes = newCounts();
    found = newCounts();
    events = 0;
    countedFromNs = main.nowNs;
    main.probe =
        new OccupancyProbe(
            occupancy, main.nowNs, Math.max(1, load.relaxationNs() / LOOKS_PER_RELAXATION));
    long check = Math.max(FEWEST_CALLS, (long) (FEWEST_RELAXATIONS * callsPerRelaxation()));
    while (effort.untilPrecise() || indexes.calls() < effort.calls()) {
      step();
      holds.add((long) main.lastHoldNs());
      if (indexes.calls() >= check && effort.untilPrecise()) {
        if (events >= effort.mostEvents() || curve().isWithin(effort.precision(), effort.floor())) {
          break;
        }
        check = (long) (check * BETWEEN_CHECKS);
      }
      if ((indexes.calls() & 0xfff) == 0) {
        progress.accept(share());
      }
    }
  }

  private double share() {
    return effort.untilPrecise()
        ? Math.min(1, (double) events / effort.mostEvents())
        : (double) indexes.calls() / effort.calls();
  }

  private void step() {
    enter(main, main.arrive(), 0);
    indexes.endCall();
    found.endCall();
  }

  private void enter(Trail trail, int before, int depth) {
    double weight = splitting.weightAt(before);
    indexes.add(trail.enter(), weight);
    found.add(before, weight);
    pilot.add(before, weight);
    events++;
    for (int copy = splitting.extraAt(before + 1); copy > 0; copy--) {
      branch(trail, before + 1, depth);
    }
  }

  private void branch(Trail from, int threshold, int depth) {
    if (depth == branches.size()) {
      branches.add(trails.begin());
    }
    Trail branch = branches.get(depth);
    branch.copyFrom(from);
    for (int before = branch.arrive(); before >= threshold; before = branch.arrive()) {
      enter(branch, before, depth + 1);
    }
  }

  /** Calls counted on the main trail. */
  long calls() {
    return indexes.calls();
  }

  /** Calls counted on all trails. */
  long events() {
    return events;
  }

  /** Time counted on the main trail, in ns. */
  double spanNs() {
    return main.nowNs - countedFromNs;
  }

  /** Inside when the main trail was left. */
  int inside() {
    return main.inside;
  }

  Occupancy occupancy() {
    return occupancy;
  }

  Holds holds() {
    return holds;
  }
}
