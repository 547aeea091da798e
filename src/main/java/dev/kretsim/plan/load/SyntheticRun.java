package dev.kretsim.plan.load;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.curve.BatchCounts;
import dev.kretsim.plan.curve.Holds;
import dev.kretsim.plan.curve.Occupancy;
import dev.kretsim.plan.curve.WeightedCurve;
import dev.kretsim.plan.formula.InsideLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import java.util.function.ToLongFunction;

/**
 * Plays a described load until the miss ratios of all sizes of pool are known well enough.
 *
 * <p>Independent replications, each on a stream of its own, warm up (uncounted), find where to
 * split if that is not known (see {@link Splitting}), and are counted. One pass gives the ratio for
 * every maxactive, rare ones included. How many there are depends on the load alone, and they are
 * put together in order, so the result is the same however many processors play them.
 */
public final class SyntheticRun {
  /** How long a run goes on. */
  public record Effort(
      long calls, double precision, double floor, double confidence, long mostEvents) {
    boolean untilPrecise() {
      return calls == 0;
    }
  }

  private static final int MOST_REPLICATIONS = 16;

  /** More calls than this are not kept inside by all the replications' main trails. */
  private static final double MOST_INSIDE = 1 << 16;

  private static final int PILOT_CALLS = 20_000;
  private static final int PILOT_RELAXATIONS = 50;
  private static final int MOST_PILOTS = 16;

  /** Split so much deeper than the smallest ratio of interest that it is seen in every batch. */
  private static final double BELOW_FLOOR = 20;

  /** At most so large a part of the events are the calls that are played in any case. */
  private static final long PART_IN_ANY_CASE = 16;

  private static final int FEWEST_CALLS = 100_000;
  private static final int FEWEST_RELAXATIONS = 2000;

  /** The fewest batches of a replication when the spread is taken, and how many more each time. */
  private static final int FIRST_BATCHES = Replication.BATCHES / 2;

  private static final int MORE_BATCHES = 2;

  private final SyntheticLoad load;
  private final Effort effort;
  private final int processors;
  private final DoubleConsumer progress;
  private final List<Replication> replications = new ArrayList<>();
  private final AtomicLong played = new AtomicLong();

  /**
   * @param processors how many replications to play at once
   * @param progress is told now and then which share of the work is done, by one thread at a time
   */
  public SyntheticRun(
      SyntheticLoad load, long seed, Effort effort, int processors, DoubleConsumer progress) {
    this.load = load;
    this.effort = effort;
    this.processors = processors;
    this.progress = progress;
    SyntheticLoad.Streams streams = new SyntheticLoad.Streams(seed);
    long replicas =
        Math.min(MOST_REPLICATIONS, Math.max(1, (long) (MOST_INSIDE / callsPerRelaxation())));
    for (int i = 0; i < replicas; i++) {
      replications.add(new Replication(load, load.trails(streams.next())));
    }
  }

  /** Plays it. */
  public WeightedCurve play() {
    try (Crew crew = new Crew(Math.min(processors, replications.size()))) {
      crew.each(replications, Replication::warmUp);
      Splitting splitting = thresholds(crew);
      played.set(0);
      replications.forEach(Replication::watch);
      if (effort.untilPrecise()) {
        playUntilPrecise(crew, splitting);
      } else {
        playSoManyCalls(crew, splitting);
      }
    }
    return curve();
  }

  private Splitting thresholds(Crew crew) {
    double least = effort.floor() / BELOW_FLOOR;
    InsideLaw law = load.insideAtCalls();
    if (law.isKnown()) {
      return Splitting.from(law, least);
    }
    long calls =
        (long) Math.max(PILOT_CALLS, PILOT_RELAXATIONS * callsPerRelaxation())
            / replications.size();
    Splitting splitting = Splitting.none();
    for (int round = 0; round < MOST_PILOTS; round++) {
      begin(splitting, calls);
      crew.each(
          replications,
          replication ->
              replication.play(calls, mostWorkOfOne() / MOST_PILOTS, (more, events) -> {}));
      Splitting deeper =
          splitting.deeper(replications.stream().map(Replication::found).toList(), least);
      if (deeper.highest() <= splitting.highest()) {
        break;
      }
      splitting = deeper;
    }
    return splitting;
  }

  private double callsPerRelaxation() {
    return Math.max(1, load.ratePerSecond() * load.relaxationNs() / SyntheticLoad.NS_PER_SECOND);
  }

  private void begin(Splitting splitting, long callsOfBatch) {
    for (Replication replication : replications) {
      replication.begin(splitting, callsOfBatch);
    }
  }

  private void playSoManyCalls(Crew crew, Splitting splitting) {
    long share = effort.calls() / replications.size();
    long rest = effort.calls() % replications.size();
    long surely = Math.min(share, mostWorkOfOne() / PART_IN_ANY_CASE);
    begin(splitting, Math.max(1, surely / (Replication.BATCHES - 1)));
    crew.each(
        replications,
        replication ->
            play(
                replication,
                share + (replications.indexOf(replication) < rest ? 1 : 0),
                this::report));
  }

  private void play(Replication replication, long calls, Replication.Progress progress) {
    replication.play(calls, mostWorkOfOne(), progress);
  }

  private long mostWorkOfOne() {
    return effort.mostEvents() / replications.size();
  }

  private void playUntilPrecise(Crew crew, Splitting splitting) {
    double fewest =
        Math.min(
            effort.mostEvents() / (double) PART_IN_ANY_CASE,
            Math.max(FEWEST_CALLS, FEWEST_RELAXATIONS * callsPerRelaxation()));
    begin(splitting, (long) Math.ceil(fewest / FIRST_BATCHES / replications.size()));
    BatchCounts batches = replications.get(0).indexes();
    long batchesMore = FIRST_BATCHES;
    do {
      long calls = batches.calls() + batchesMore * batches.length();
      crew.each(replications, replication -> play(replication, calls, this::report));
      batchesMore = MORE_BATCHES;
    } while (replications.stream().allMatch(one -> one.work() < mostWorkOfOne())
        && !curve().isWithin(effort.precision(), effort.floor()));
  }

  private void report(long calls, long events) {
    double whole = effort.untilPrecise() ? effort.mostEvents() : effort.calls();
    long sum = played.addAndGet(effort.untilPrecise() ? events : calls);
    synchronized (progress) {
      progress.accept(Math.min(1, sum / whole));
    }
  }

  private WeightedCurve curve() {
    return new WeightedCurve(
        replications.stream().map(Replication::indexes).toList(),
        replications.stream().map(Replication::found).toList(),
        load.insideAtCalls(),
        effort.confidence(),
        effort.floor());
  }

  private long sum(ToLongFunction<Replication> number) {
    return replications.stream().mapToLong(number).sum();
  }

  /** Calls counted on the main trails. */
  public long calls() {
    return sum(replication -> replication.indexes().calls());
  }

  /** Calls counted on all trails. */
  public long events() {
    return sum(Replication::events);
  }

  /** How many times the load was played independently. */
  public int replications() {
    return replications.size();
  }

  /** Time counted on the main trails, in ns. */
  public double spanNs() {
    return replications.stream().mapToDouble(Replication::spanNs).sum();
  }

  /** Inside when the main trails were left. */
  public int inside() {
    return (int) sum(Replication::inside);
  }

  /** How bursty the load is: see {@link Occupancy#burstiness}. */
  public double burstiness() {
    return Occupancy.burstiness(replications.stream().map(Replication::occupancy).toList());
  }

  /** The picture of the first. */
  public List<FunctionPlan.Stretch> stretches() {
    return replications.get(0).occupancy().stretches();
  }

  public Holds holds() {
    Holds all = new Holds();
    for (Replication replication : replications) {
      all.addAll(replication.holds());
    }
    return all;
  }
}
