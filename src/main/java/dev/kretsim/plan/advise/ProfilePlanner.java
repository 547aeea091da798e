package dev.kretsim.plan.advise;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Picture;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.plan.load.ProfileLoad;
import dev.kretsim.trace.Tally;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.profile.ProfileDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans from what {@code kprobe_profile} counted while a pool of known size was in force. */
public final class ProfilePlanner {
  /** How much rarer than the target the curve's last point is. */
  private static final double BEYOND_TARGET = 1e-2;

  /** Larger pools and loads are no kretprobe's; their curves would fill the memory. */
  public static final int MOST_INSTANCES = 1 << 16;

  private final PlanQuestion question;

  public ProfilePlanner(PlanQuestion question) {
    this.question = question;
  }

  /**
   * What was counted for one return probe between two snapshots.
   *
   * @param hits calls that returned through the probe
   * @param misses the growth of the last column
   * @param spanNs the time between the snapshots; null if unknown
   * @param tally what was counted
   */
  public record Counted(
      String function, long hits, long misses, @Nullable Long spanNs, Tally tally) {
    /**
     * What was read from two snapshots.
     *
     * @param leftOut the lines that pasting put into them
     */
    public static List<Counted> all(
        ProfileDelta.Reading reading, @Nullable Long spanNs, Map<String, Long> leftOut) {
      return reading.deltas().stream()
          .map(
              delta ->
                  new Counted(
                      delta.function(),
                      delta.hits(),
                      delta.misses(),
                      spanNs,
                      tally(delta, reading.lines(), leftOut)))
          .toList();
    }

    /** Hits and misses. */
    long calls() {
      try {
        return Math.addExact(hits, misses);
      } catch (ArithmeticException tooMany) {
        throw new BadInputException(
            "%s: %d hits and %d misses are more than any kernel counts: are both snapshots whole?"
                .formatted(function, hits, misses));
      }
    }

    private static Tally tally(ProfileDelta delta, long lines, Map<String, Long> leftOut) {
      boolean both = !delta.entryEvent().isEmpty();
      return new Tally(
          both ? List.of(delta.entryEvent(), delta.event()) : List.of(delta.event()),
          lines,
          leftOut,
          both ? (Long) delta.entries() : null,
          delta.hits(),
          null,
          null);
    }
  }

  /**
   * The plan, with what is to be said of the source.
   *
   * @param reading what was read from the source
   * @param counts those to plan from
   * @param maxactive the pool that was in force, at least 1
   * @throws BadInputException if that kernel's counts do not show an empty pool, or nothing was
   *     counted
   */
  public Plan plan(
      TraceSource source, ProfileDelta.Reading reading, List<Counted> counts, int maxactive) {
    Plan plan = plan(source.name(), counts, maxactive);
    List<String> remarks = new ArrayList<>(reading.remarks());
    remarks.addAll(plan.remarks());
    return plan.told(plan.source(), remarks);
  }

  /**
   * The plan.
   *
   * @param source where the counts are from, for messages
   * @param maxactive the pool that was in force, at least 1
   * @throws BadInputException if that kernel's counts do not show an empty pool, or nothing was
   *     counted
   */
  public Plan plan(String source, List<Counted> counts, int maxactive) {
    MissColumn column = MissColumn.of(question);
    if (column == MissColumn.NESTING_ONLY) {
      String release = question.kernelRelease();
      throw new BadInputException(
          source
              + ": kprobe_profile of "
              + (release == null ? question.kernel().label() : release)
              + " counts "
              + column.meaning()
              + "; record a trace instead, or count on 5.10.94, 6.1 or newer");
    }
    if (maxactive < 1 || maxactive > MOST_INSTANCES) {
      throw new BadInputException(
          source
              + ": the maxactive in force must be at least 1 and at most "
              + MOST_INSTANCES
              + ": "
              + maxactive);
    }
    PossibleCpus cpus = PossibleCpus.of(question, 0);
    Recommender recommender = new Recommender(question, cpus);
    List<FunctionPlan> plans = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Counted counted : counts) {
      boolean wanted =
          question.functions().isEmpty() || question.functions().contains(counted.function());
      if (wanted && counted.calls() > 0) {
        requireHits(source, counted);
        ProfileLoad load =
            ProfileLoad.of(counted.hits(), counted.misses(), maxactive, question.confidence());
        if (load.high() * question.growth().factor() > MOST_INSTANCES) {
          throw new BadInputException(
              "%s: %s: %d misses of %d calls mean a load of up to %.0f; at most %d is computed, so count again with a larger pool"
                  .formatted(
                      source,
                      counted.function(),
                      counted.misses(),
                      counted.calls(),
                      load.high() * question.growth().factor(),
                      MOST_INSTANCES));
        }
        plans.add(recommender.plan(evidence(counted, load, maxactive)));
        remarks.add(source + ": " + width(counted, load, maxactive, column));
      }
    }
    if (plans.isEmpty()) {
      throw new BadInputException(
          source + ": no hit and no miss between the two snapshots of any function asked for");
    }
    return new Plan(source, null, question, cpus, plans, remarks, method(maxactive, column));
  }

  /** Where every call was missed, any load is as likely as any larger one. */
  private static void requireHits(String source, Counted counted) {
    if (counted.hits() == 0) {
      throw new BadInputException(
          "%s: %s: all %d calls were missed, which tells no load; is its return probe enabled?"
              .formatted(source, counted.function(), counted.misses()));
    }
  }

  private Evidence evidence(Counted counted, ProfileLoad load, int inForce) {
    long calls = counted.calls();
    double factor = question.growth().factor();
    List<Point> curve = curve(load, factor, calls);
    int needed = ErlangB.sizeFor(Math.max(factor * load.high(), 1e-9), question.target());
    Long spanNs = counted.spanNs();
    return new Evidence(
        counted.function(),
        calls,
        0,
        0,
        0,
        spanNs,
        spanNs == null || spanNs == 0 ? null : (Double) (factor * calls * 1e9 / spanNs),
        null,
        counted.misses() == 0 ? null : (Double) (factor * load.load()),
        null,
        null,
        curve,
        new Analytic("erlang_b", FunctionPlanner.erlangB(factor * load.load(), curve.size())),
        Basis.MODEL,
        null,
        question.growth().isGiven() ? curve(load, 1, calls) : null,
        Bursts.of(
            dispersion -> factor * loadIfBursty(counted, inForce, dispersion),
            question.target(),
            needed),
        Picture.empty(),
        counted.tally());
  }

  /** The formula at so many times the load: as calls come at random, so do those of its copies. */
  private List<Point> curve(ProfileLoad load, double factor, long calls) {
    int largest =
        ErlangB.sizeFor(Math.max(factor * load.high(), 1e-9), question.target() * BEYOND_TARGET);
    double[] ratios = ErlangB.losses(factor * load.load(), largest);
    double[] lows = ErlangB.losses(factor * load.low(), largest);
    double[] highs = ErlangB.losses(factor * load.high(), largest);
    List<Point> curve = new ArrayList<>();
    for (int c = 1; c <= largest; c++) {
      curve.add(new Point(c, Math.round(ratios[c] * calls), ratios[c], lows[c], highs[c]));
    }
    return curve;
  }

  /**
   * The most that may be inside on average if the calls come in bursts: bursts miss more under the
   * same load, and the misses come in clumps that are as many times as large.
   */
  private double loadIfBursty(Counted counted, int inForce, double dispersion) {
    double calls = counted.calls() / dispersion;
    double ratio =
        ProfileLoad.highestRatio(
            counted.misses() / dispersion, calls, inForce, question.confidence());
    return dispersion * ErlangB.loadFor(inForce / dispersion, ratio);
  }

  private String width(Counted counted, ProfileLoad load, int maxactive, MissColumn column) {
    return String.format(
        Locale.ROOT,
        "%s: %d hits and %d misses with maxactive %d mean a load of %.3g, at %s confidence %.3g to"
            + " %.3g, if calls come at random; the miss column of %s counts %s, so any nested hits"
            + " in it make the load seem larger",
        counted.function(),
        counted.hits(),
        counted.misses(),
        maxactive,
        load.load(),
        Reasons.percent(question.confidence()),
        load.low(),
        load.high(),
        question.kernel().label(),
        column.meaning());
  }

  private static List<String> method(int maxactive, MissColumn column) {
    return List.of(
        "Erlang's loss formula solved for the load at which a pool of "
            + maxactive
            + " misses the share that was counted; the curve is that formula at this load, its"
            + " bounds are those at the ends of the load's interval.",
        "The interval is Clopper and Pearson's on as many calls as there are clumps of misses.",
        "The column counts " + column.meaning() + ".");
  }
}
