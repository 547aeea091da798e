package dev.kretsim.plan.advise;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.plan.Curves;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Capacity;
import dev.kretsim.plan.FunctionPlan.Downstream;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.tracefs.ReturnProbeLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the plan for a function from what is known of its load. */
final class Recommender {
  private static final double NS_PER_SECOND = 1e9;
  private static final double SECONDS_PER_HOUR = 3600;

  private final PlanQuestion question;
  private final int possibleCpus;

  Recommender(PlanQuestion question, int possibleCpus) {
    this.question = question;
    this.possibleCpus = possibleCpus;
  }

  FunctionPlan plan(Evidence found) {
    List<Point> curve = Curves.monotone(found.curve());
    Recommendation recommendation = recommendation(found, curve);
    return new FunctionPlan(
        found.function(),
        found.calls(),
        found.unfinished(),
        found.lostExits(),
        found.unpairedExits(),
        found.spanNs(),
        found.ratePerSecond(),
        found.hold(),
        found.offeredLoad(),
        found.burstiness(),
        found.peakInside(),
        found.bound() == null ? null : found.bound().threads(),
        curve,
        found.analytic(),
        recommendation,
        asked(found, curve),
        downstream(found, curve, recommendation),
        Reasons.notHelped(found, question.kernel()),
        found.picture());
  }

  private Recommendation recommendation(Evidence found, List<Point> curve) {
    Point enough = null;
    for (Point point : curve) {
      if (point.high() <= question.target()) {
        enough = point;
        break;
      }
    }
    Integer bound = found.bound() == null ? null : found.bound().instances();
    int needed = enough != null ? enough.maxactive() : bound != null ? bound : last(found, curve);
    Basis basis = enough != null ? found.basis() : bound != null ? Basis.SAFE_BOUND : Basis.MODEL;
    double growth = found.growthIsInTheCurve() ? 1 : question.growth();
    // Each copy of the load may keep a pool of its own: sharing one of the same total is no worse.
    int maxactive = (int) Math.min(Integer.MAX_VALUE, Math.ceil(needed * growth));
    int byDefault = question.kernel().defaultMaxactive(question.preemption(), possibleCpus);
    Recommendation draft =
        new Recommendation(
            question.target(),
            maxactive,
            basis,
            bound,
            byDefault,
            Curves.at(curve, byDefault).missRatio(),
            PoolMemory.of(question.kernel(), Arch.X86_64)
                .bytes(maxactive, question.dataSize(), possibleCpus),
            question.growth(),
            maxactive <= ReturnProbeLine.MOST_INSTANCES,
            highestRate(found, maxactive),
            "");
    return new Recommendation(
        draft.target(),
        draft.maxactive(),
        draft.basis(),
        draft.safeBound(),
        draft.defaultMaxactive(),
        draft.defaultMissRatio(),
        draft.memoryBytes(),
        draft.growth(),
        draft.withinTracefs(),
        draft.highestRatePerSecond(),
        Reasons.why(found, question, draft, enough));
  }

  /** Nothing bounds the load and no point is sure: what the formula says, no less than was seen. */
  private int last(Evidence found, List<Point> curve) {
    Double load = found.offeredLoad();
    int byFormula = load == null ? 1 : ErlangB.sizeFor(load, question.target());
    return Math.max(byFormula, curve.size());
  }

  private @Nullable Capacity asked(Evidence found, List<Point> curve) {
    Integer maxactive = question.maxactive();
    if (maxactive == null) {
      return null;
    }
    Point point = Curves.at(curve, maxactive);
    return new Capacity(
        maxactive, point.missRatio(), point.low(), point.high(), highestRate(found, maxactive));
  }

  /**
   * The rate at which a pool would just keep to the target if the load kept its holds and its
   * burstiness z: that of a pool of c/z at random arrivals of load a/z (W. S. Hayward's
   * approximation; exact for z = 1).
   */
  private @Nullable Double highestRate(Evidence found, int maxactive) {
    FunctionPlan.Hold hold = found.hold();
    if (hold == null || !(hold.meanNs() > 0)) {
      return null;
    }
    Double measured = found.burstiness();
    double burstiness = measured == null ? 1 : Math.max(1, measured);
    double load =
        burstiness * ErlangB.loadFor(Math.max(1e-3, maxactive / burstiness), question.target());
    return load / hold.meanNs() * NS_PER_SECOND;
  }

  private List<Downstream> downstream(
      Evidence found, List<Point> curve, Recommendation recommendation) {
    Double rate = found.ratePerSecond();
    if (rate == null) {
      return List.of();
    }
    return List.of(
        downstream("default", recommendation.defaultMaxactive(), curve, rate),
        downstream("recommended", recommendation.maxactive(), curve, rate));
  }

  private Downstream downstream(String pool, int maxactive, List<Point> curve, double rate) {
    double orphansPerSecond = Curves.at(curve, maxactive).missRatio() * rate;
    return new Downstream(
        pool,
        maxactive,
        orphansPerSecond * SECONDS_PER_HOUR,
        question.mapEntries(),
        orphansPerSecond == 0 ? null : (Double) (question.mapEntries() / orphansPerSecond));
  }
}
