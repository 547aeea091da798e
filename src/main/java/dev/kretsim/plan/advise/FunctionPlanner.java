package dev.kretsim.plan.advise;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Hold;
import dev.kretsim.plan.FunctionPlan.Picture;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Interval;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.curve.FunctionLoad;
import dev.kretsim.plan.curve.MissConfidence;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.trace.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the plan for one function from its calls in a trace. */
final class FunctionPlanner {
  private static final double NS_PER_SECOND = 1e9;

  private final PlanQuestion question;
  private final Recommender recommender;
  private final long spanNs;

  FunctionPlanner(PlanQuestion question, PossibleCpus cpus, long spanNs) {
    this.question = question;
    this.recommender = new Recommender(question, cpus);
    this.spanNs = spanNs;
  }

  /**
   * The plan.
   *
   * @param pictured whether the load over time is wanted, which takes the most room of all
   */
  FunctionPlan plan(
      String function, FunctionLoad load, long unpairedExits, Tally tally, boolean pictured) {
    Double rate = spanNs == 0 ? null : load.calls() * NS_PER_SECOND / spanNs;
    Hold hold = load.holds().summary();
    Double offered = rate == null || hold == null ? null : rate * hold.meanNs() / NS_PER_SECOND;
    double burstiness = load.occupancy().burstiness();
    return recommender.plan(
        new Evidence(
            function,
            load.calls(),
            load.unfinished(),
            load.lost(),
            unpairedExits,
            spanNs,
            rate,
            hold,
            offered,
            Double.isFinite(burstiness) ? (Double) burstiness : null,
            load.longest().peak(),
            curve(load),
            new Analytic("erlang_b", erlangB(offered, load.longest().peak())),
            Basis.OBSERVED,
            new Evidence.SafeBound(load.threads(), load.deepestRecursion(), load.interruptLevels()),
            null,
            List.of(),
            pictured
                ? new Picture(load.occupancy().stretches(), load.holds().buckets())
                : Picture.empty(),
            tally.with(
                tally.sources(),
                tally.entries(),
                tally.entries() == null
                    ? null
                    : (Long) (load.calls() - load.lost() - load.unfinished() + unpairedExits))));
  }

  private List<Point> curve(FunctionLoad load) {
    MissConfidence ifLong = new MissConfidence(load.longest(), question.confidence());
    MissConfidence ifShort =
        load.lost() > 0 ? new MissConfidence(load.shortest(), question.confidence()) : ifLong;
    long[] missed = load.longest().missedBySize();
    long[] more = load.missedMoreInTies();
    List<Point> curve = new ArrayList<>();
    for (int c = 1; c <= load.longest().peak(); c++) {
      Interval range = ifLong.ratio(c);
      if (load.lost() > 0) {
        range = range.cover(ifShort.ratio(c));
      }
      double ratio = load.calls() == 0 ? 0 : (double) missed[c] / load.calls();
      if (more[c] != 0) {
        range = range.cover(range.shifted((double) more[c] / load.calls()));
      }
      curve.add(new Point(c, missed[c], ratio, range.low(), range.high()));
    }
    return curve;
  }

  static List<Double> erlangB(@Nullable Double offered, int largest) {
    List<Double> ratios = new ArrayList<>();
    if (offered != null) {
      double[] losses = ErlangB.losses(offered, largest);
      for (int c = 1; c <= largest; c++) {
        ratios.add(losses[c]);
      }
    }
    return ratios;
  }
}
