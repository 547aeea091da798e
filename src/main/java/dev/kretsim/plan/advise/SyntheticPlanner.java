package dev.kretsim.plan.advise;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Picture;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Interval;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Ratio;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.Recommendation.Burst;
import dev.kretsim.plan.curve.Holds;
import dev.kretsim.plan.curve.WeightedCurve;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.plan.formula.GhostChain;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.plan.load.SyntheticRun;
import dev.kretsim.trace.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Says how large maxactive must be for a load that is described, not recorded. */
public final class SyntheticPlanner {
  /**
   * How much to simulate.
   *
   * @param calls so many on the main trail; 0: until it is precise
   * @param precision the share of a miss ratio that its bounds may be away, in (0, 1)
   */
  public record Effort(long calls, double precision) {}

  /** What is played if nothing else is said: bounds within 8 %. */
  public static final double USUAL_PRECISION = 0.08;

  /** Ratios above this are found precisely, whatever the target. */
  private static final double USUAL_FLOOR = 1e-6;

  /** What a function is called that nobody names. */
  public static final String UNNAMED = "FUNCTION";

  /** Of a load that is described alone. */
  public static final Tally NOTHING_COUNTED = Tally.of("described load");

  /** More than twice what kprobe_events accepts; the time to play it grows with it. */
  private static final int MOST_INSIDE = 10_000;

  /** So many take some seconds on two processors, whatever the load. */
  private static final long MOST_EVENTS = 160_000_000;

  private final PlanQuestion question;
  private final Effort effort;
  private final DoubleConsumer progress;

  /**
   * @param progress is told now and then which share of the work is done at most
   */
  public SyntheticPlanner(PlanQuestion question, Effort effort, DoubleConsumer progress) {
    this.question = question;
    this.effort = effort;
    this.progress = progress;
  }

  /**
   * The plan for one function under this load.
   *
   * @param function its name, for the lines to paste
   */
  public Plan plan(String function, SyntheticLoad asked, long seed) {
    return plan(function, asked, seed, NOTHING_COUNTED);
  }

  /**
   * As above, where part of the description was counted.
   *
   * @param counted what, and from what
   */
  public Plan plan(String function, SyntheticLoad asked, long seed, Tally counted) {
    boolean playGrown = question.growth().isGiven() && growsExactly(asked);
    SyntheticLoad load = playGrown ? asked.times(question.growth().factor()) : asked;
    requireFew(load);
    double floor = Math.min(USUAL_FLOOR, question.target());
    SyntheticRun run = run(load, seed, floor);
    WeightedCurve curve = run.play();
    PossibleCpus cpus = PossibleCpus.of(question, 0);
    List<Point> present = null;
    if (playGrown) {
      SyntheticRun before = run(asked, seed, floor);
      present = points(before.play(), before);
    }
    FunctionPlan plan =
        new Recommender(question, cpus)
            .plan(evidence(function, load, run, curve, present, counted));
    return new Plan(
        "synthetic: " + load,
        seed,
        question,
        cpus,
        List.of(plan),
        remarks(load, run, curve, floor),
        method(load, run, seed));
  }

  private static void requireFew(SyntheticLoad load) {
    double inside = load.offeredLoad();
    if (load instanceof SyntheticLoad.Open && !(inside <= MOST_INSIDE)) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "so many calls of such length are %.0f inside at once; at most %d can be played: lower"
                  + " --rate or shorten --hold",
              inside,
              MOST_INSIDE));
    }
  }

  private SyntheticRun run(SyntheticLoad load, long seed, double floor) {
    return new SyntheticRun(
        load,
        seed,
        new SyntheticRun.Effort(
            effort.calls(), effort.precision(), floor, question.confidence(), MOST_EVENTS),
        Runtime.getRuntime().availableProcessors(),
        progress);
  }

  /** Whether independent copies of the load are one of its kind: of bursts in turn they are not. */
  private static boolean growsExactly(SyntheticLoad load) {
    return !(load instanceof SyntheticLoad.Open open) || open.arrivals().isPoisson();
  }

  private static List<Point> points(WeightedCurve curve, SyntheticRun run) {
    List<Point> points = new ArrayList<>();
    for (int c = 1; c <= curve.peak(); c++) {
      Interval bounds = curve.bounds(c);
      points.add(
          new Point(
              c,
              Math.round(curve.ratio(c) * run.calls()),
              curve.ratio(c),
              bounds.low(),
              bounds.high()));
    }
    return points;
  }

  /** Calls at random may be no more than what is assumed for want of better. */
  private List<Burst> ifBursty(SyntheticLoad load) {
    if (!(load instanceof SyntheticLoad.Open open) || !open.arrivals().isPoisson()) {
      return List.of();
    }
    double inside = Math.max(1e-12, load.offeredLoad());
    int least = ErlangB.sizeFor(inside, question.target());
    return Bursts.of(dispersion -> inside, question.target(), least);
  }

  private Evidence evidence(
      String function,
      SyntheticLoad load,
      SyntheticRun run,
      WeightedCurve curve,
      @Nullable List<Point> present,
      Tally counted) {
    Holds holds = run.holds();
    double burstiness = run.burstiness();
    return new Evidence(
        function,
        run.calls(),
        run.inside(),
        0,
        0,
        span(run.spanNs()),
        load.ratePerSecond(),
        hold(load, holds),
        load.offeredLoad(),
        Double.isFinite(burstiness) ? (Double) burstiness : null,
        curve.peak(),
        points(curve, run),
        analytic(load, curve.peak()),
        Basis.MODEL,
        load instanceof SyntheticLoad.Closed closed
            ? new Evidence.SafeBound(closed.threads(), 1, 0)
            : null,
        present,
        ifBursty(load),
        new Picture(run.stretches(), holds.buckets()),
        counted);
  }

  /** A span beyond what nanoseconds count, of 292 years, is not told. */
  private static @Nullable Long span(double ns) {
    return ns < Long.MAX_VALUE ? (Long) (long) ns : null;
  }

  private static FunctionPlan.Hold hold(SyntheticLoad load, Holds holds) {
    return new FunctionPlan.Hold(
        load.hold().meanNs(), holds.quantileNs(0.5), holds.quantileNs(0.99));
  }

  private static Analytic analytic(SyntheticLoad load, int peak) {
    if (!(load instanceof SyntheticLoad.Closed closed)) {
      return new Analytic("erlang_b", FunctionPlanner.erlangB(load.offeredLoad(), peak));
    }
    List<Double> ratios = new ArrayList<>();
    if (closed.threads() <= GhostChain.MOST_THREADS) {
      double holdOverThink = closed.hold().meanNs() / closed.think().meanNs();
      for (double ratio : new GhostChain(closed.threads(), holdOverThink).missRatios(peak)) {
        ratios.add(ratio);
      }
    }
    return new Analytic("closed_ghost", ratios);
  }

  private List<String> remarks(
      SyntheticLoad load, SyntheticRun run, WeightedCurve curve, double floor) {
    List<String> remarks = new ArrayList<>();
    boolean all = run.calls() >= effort.calls();
    if (!all) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%d calls were simulated, not %d: with the branches of rare moments that makes %d,"
                  + " and a run ends there",
              run.calls(),
              effort.calls(),
              run.events()));
    }
    if (!curve.isWithin(effort.precision(), floor)) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "after %d calls (%d with branches) not every ratio above %s is known to %.0f %%;"
                  + " the bounds say how well each is%s",
              run.calls(),
              run.events(),
              Ratio.text(floor),
              100 * effort.precision(),
              all ? "; more --calls narrow them" : ""));
    }
    if (load.repeatsItself()) {
      remarks.add(
          "nothing in this load is random but its start, which repeats for ever: give --hold or"
              + " --think some spread");
    }
    return remarks;
  }

  private List<String> method(SyntheticLoad load, SyntheticRun run, long seed) {
    List<String> method = new ArrayList<>();
    method.add(
        "Simulated "
            + load
            + " with seed "
            + seed
            + ": "
            + run.calls()
            + " calls counted after a warm-up in "
            + run.replications()
            + " independent replications, "
            + run.events()
            + " with the branches of rare moments (RESTART splitting on the number inside).");
    method.add(
        "Each call takes the lowest free index; a pool of c misses those whose index is c or above,"
            + " so one pass gives all sizes.");
    if (load.insideAtCalls().isKnown()) {
      method.add(
          "The share of calls that find c or more inside is known exactly for this load; only the"
              + " share of those that are missed is estimated.");
    }
    method.add(
        "Bounds by batch means, for the whole curve at once at "
            + Reasons.percent(question.confidence())
            + " confidence; upper bounds are raised where needed so that they never rise with"
            + " maxactive.");
    if (load instanceof SyntheticLoad.Closed) {
      method.add(
          "Beside it the closed ghost chain: threads whose missed calls keep them busy, exact for"
              + " exponential holds and thinks (up to "
              + GhostChain.MOST_THREADS
              + " threads).");
    } else {
      method.add("Beside it Erlang B, exact where calls come at random.");
    }
    return method;
  }
}
