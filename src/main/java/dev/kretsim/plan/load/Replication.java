package dev.kretsim.plan.load;

import dev.kretsim.plan.curve.BatchCounts;
import dev.kretsim.plan.curve.Holds;
import dev.kretsim.plan.curve.Occupancy;
import dev.kretsim.plan.curve.OccupancyProbe;
import java.util.ArrayList;
import java.util.List;

/**
 * One independent play of a described load.
 *
 * <p>The main trail is an ordinary path of the load; what is rare on it is continued more than once
 * on branches (see {@link Splitting}). It shares nothing with other replications, so it gives the
 * same whether they run beside it, before it or after it.
 */
final class Replication {
  private static final int WARM_UP_CALLS = 1000;
  private static final int WARM_UP_RELAXATIONS = 100;
  private static final int LOOKS_PER_RELAXATION = 4;

  /** To find what comes next among so many, which no cache holds, costs as much as a call. */
  private static final int ENTRIES_CACHED = 8192;

  /** To copy so many costs as much as a call. */
  private static final int ENTRIES_COPIED = 256;

  private static final int BETWEEN_REPORTS = 4096;

  /** Is told how much more was played. */
  @FunctionalInterface
  interface Progress {
    /**
     * @param calls on the main trail
     * @param events the calls on all trails
     */
    void more(long calls, long events);
  }

  private final SyntheticLoad load;
  private final SyntheticLoad.Trails trails;
  private final Trail main;
  private final long costOfCall;
  private final List<Trail> branches = new ArrayList<>();
  private final Occupancy occupancy = new Occupancy();
  private Holds holds = new Holds();

  private Splitting splitting = Splitting.none();
  private BatchCounts indexes = new BatchCounts(BATCHES, 1);
  private BatchCounts found = new BatchCounts(BATCHES, 1);
  private long events;
  private long work;
  private double countedFromNs;

  /** The most batches of the main trail that the spread is taken from. */
  static final int BATCHES = 16;

  /**
   * @param trails of the load, for this replication alone
   */
  Replication(SyntheticLoad load, SyntheticLoad.Trails trails) {
    this.load = load;
    this.trails = trails;
    this.main = trails.begin();
    this.costOfCall = 1 + main.entries() / ENTRIES_CACHED;
  }

  /** Plays, uncounted, until the number inside has forgotten that it began at none. */
  void warmUp() {
    double untilNs = WARM_UP_RELAXATIONS * load.relaxationNs();
    for (int call = 0; call < WARM_UP_CALLS || main.nowNs < untilNs; call++) {
      main.arrive();
      main.enter();
    }
  }

  /** Counts anew from here. */
  void begin(Splitting with, long callsOfBatch) {
    splitting = with;
    indexes = new BatchCounts(BATCHES, callsOfBatch);
    found = new BatchCounts(BATCHES, callsOfBatch);
    holds = new Holds();
    events = 0;
    work = 0;
    countedFromNs = main.nowNs;
  }

  /** Shows from here on who is inside. */
  void watch() {
    main.probe =
        new OccupancyProbe(
            occupancy, main.nowNs, Math.max(1, load.relaxationNs() / LOOKS_PER_RELAXATION));
  }

  /**
   * Plays on.
   *
   * @param calls until so many are counted on the main trail
   * @param mostWork or that much is done; see {@link #work}
   * @param progress is told now and then
   */
  void play(long calls, long mostWork, Progress progress) {
    long toldCalls = indexes.calls();
    long told = events;
    while (indexes.calls() < calls && work < mostWork) {
      enter(main, main.arrive(), 0);
      indexes.endCall();
      found.endCall();
      holds.add((long) main.lastHoldNs());
      if (indexes.calls() % BETWEEN_REPORTS == 0) {
        progress.more(indexes.calls() - toldCalls, events - told);
        toldCalls = indexes.calls();
        told = events;
      }
    }
    progress.more(indexes.calls() - toldCalls, events - told);
  }

  private void enter(Trail trail, int before, int depth) {
    double weight = splitting.weightAt(before);
    indexes.add(trail.enter(), weight);
    found.add(before, weight);
    events++;
    work += costOfCall;
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
    work += branch.entries() / ENTRIES_COPIED;
    for (int before = branch.arrive(); before >= threshold; before = branch.arrive()) {
      enter(branch, before, depth + 1);
    }
  }

  /** The calls by their index in the hunt for the lowest free one. */
  BatchCounts indexes() {
    return indexes;
  }

  /** The same calls by how many were inside when they came. */
  BatchCounts found() {
    return found;
  }

  /** Calls counted on all trails. */
  long events() {
    return events;
  }

  /** What was done for them, in calls of a load with few inside. */
  long work() {
    return work;
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
