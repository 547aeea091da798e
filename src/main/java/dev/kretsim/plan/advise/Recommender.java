package dev.kretsim.plan.advise;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.plan.Curves;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Capacity;
import dev.kretsim.plan.FunctionPlan.Downstream;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.Recommendation.Verdict;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.tracefs.ReturnProbeLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the plan for a function from what is known of its load. */
final class Recommender {
  private static final double NS_PER_SECOND = 1e9;
  private static final double SECONDS_PER_HOUR = 3600;

  private final PlanQuestion question;
  private final PossibleCpus cpus;
  private final PoolMemory memory;

  Recommender(PlanQuestion question, PossibleCpus cpus) {
    this.question = question;
    this.cpus = cpus;
    this.memory = PoolMemory.of(question.kernel(), Arch.X86_64);
  }

  FunctionPlan plan(Evidence found) {
    List<Point> seen = Curves.monotone(found.curve());
    boolean grow = found.present() == null && question.growth().isGiven();
    List<Point> curve = grow ? grown(found, seen) : seen;
    List<Point> present = found.present() == null ? seen : Curves.monotone(found.present());
    double factor = grow ? question.growth().factor() : 1;
    Recommendation recommendation = recommendation(found, curve, factor);
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
        question.growth().isGiven() ? present : List.of(),
        grow ? formula(found, curve.size()) : found.analytic(),
        recommendation,
        asked(found, curve),
        downstream(found, curve, recommendation, factor),
        Reasons.notHelped(found, question.kernel()),
        found.picture(),
        found.tally());
  }

  private List<Point> grown(Evidence found, List<Point> curve) {
    Double load = found.offeredLoad();
    if (load == null || !(load > 0) || curve.isEmpty()) {
      return curve;
    }
    return Curves.monotone(
        GrownCurve.of(curve, load, evenness(found), question.growth().factor(), found.calls()));
  }

  /** What calls at random would miss under the grown load. */
  private Analytic formula(Evidence found, int largest) {
    Double load = found.offeredLoad();
    return load == null
        ? found.analytic()
        : new Analytic(
            "erlang_b", FunctionPlanner.erlangB(load * question.growth().factor(), largest));
  }

  private Recommendation recommendation(Evidence found, List<Point> curve, double factor) {
    Point enough = null;
    for (Point point : curve) {
      if (point.high() <= question.target()) {
        enough = point;
        break;
      }
    }
    Integer bound = found.bound() == null ? null : (Integer) found.bound().instances(factor);
    Basis basis = enough != null ? found.basis() : bound != null ? Basis.SAFE_BOUND : Basis.MODEL;
    int needed =
        enough != null ? enough.maxactive() : bound != null ? bound : last(found, curve, factor);
    Integer byDefault = byDefault();
    int maxactive = byDefault == null ? needed : Math.max(needed, byDefault);
    Recommendation draft =
        new Recommendation(
            question.target(),
            byDefault == null ? null : byDefault >= needed ? Verdict.KEEP_DEFAULT : Verdict.SET,
            maxactive,
            needed,
            sameMemoryUpTo(maxactive),
            basis,
            bound,
            byDefault,
            byDefault == null ? null : (Double) Curves.at(curve, byDefault).missRatio(),
            byDefault == null ? DefaultsByCpus.of(question, curve, needed) : List.of(),
            found.ifBursty(),
            bytes(maxactive),
            question.growth().factor(),
            maxactive <= ReturnProbeLine.MOST_INSTANCES,
            highestRate(found, maxactive),
            "");
    return draft.because(Reasons.why(found, question, draft, enough));
  }

  private @Nullable Integer byDefault() {
    Integer known = cpus.number();
    return known == null
        ? null
        : (Integer) question.kernel().defaultMaxactive(question.preemption(), known);
  }

  private @Nullable Long bytes(int maxactive) {
    Integer known = cpus.number();
    if (known == null && memory.dependsOnCpus()) {
      return null;
    }
    return memory.bytes(maxactive, question.dataSize(), known == null ? 1 : known);
  }

  private @Nullable Integer sameMemoryUpTo(int maxactive) {
    Integer known = cpus.number();
    if (known == null && memory.dependsOnCpus()) {
      return null;
    }
    return memory.sameUpTo(maxactive, question.dataSize(), known == null ? 1 : known);
  }

  /** Nothing bounds the load and no point is sure: what the formula says, no less than was seen. */
  private int last(Evidence found, List<Point> curve, double factor) {
    Double load = found.offeredLoad();
    int byFormula = load == null ? 1 : ErlangB.sizeFor(load * factor, question.target());
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
    double burstiness = burstiness(found);
    double load =
        burstiness * ErlangB.loadFor(Math.max(1e-3, maxactive / burstiness), question.target());
    return load / hold.meanNs() * NS_PER_SECOND;
  }

  private static double burstiness(Evidence found) {
    Double measured = found.burstiness();
    return measured == null ? 1 : Math.max(1, measured);
  }

  /** The same, also of calls that come more evenly than at random. */
  private static double evenness(Evidence found) {
    Double measured = found.burstiness();
    return measured == null ? 1 : Math.max(0.1, measured);
  }

  private List<Downstream> downstream(
      Evidence found, List<Point> curve, Recommendation recommendation, double factor) {
    Double rate = found.ratePerSecond();
    List<Downstream> costs = new ArrayList<>();
    if (rate == null) {
      return costs;
    }
    Integer byDefault = recommendation.defaultMaxactive();
    if (byDefault != null) {
      costs.add(downstream("default", byDefault, curve, rate * factor));
    }
    costs.add(downstream("recommended", recommendation.maxactive(), curve, rate * factor));
    return costs;
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
