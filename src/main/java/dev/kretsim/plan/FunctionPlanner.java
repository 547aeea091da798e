package dev.kretsim.plan;

import dev.kretsim.arch.Arch;
import dev.kretsim.plan.FunctionPlan.Hold;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Recommendation.Basis;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws the plan for one function from its load. */
final class FunctionPlanner {
  private static final double NS_PER_SECOND = 1e9;

  private final PlanQuestion question;
  private final int possibleCpus;
  private final long spanNs;

  FunctionPlanner(PlanQuestion question, int possibleCpus, long spanNs) {
    this.question = question;
    this.possibleCpus = possibleCpus;
    this.spanNs = spanNs;
  }

  FunctionPlan plan(String function, FunctionLoad load, long unpairedExits) {
    Double rate = spanNs == 0 ? null : load.calls() * NS_PER_SECOND / spanNs;
    Hold hold = hold(load.holds());
    Double offered = rate == null || hold == null ? null : rate * hold.meanNs() / NS_PER_SECOND;
    List<Point> curve = curve(load);
    return new FunctionPlan(
        function,
        load.calls(),
        load.unfinished(),
        load.lost(),
        unpairedExits,
        spanNs,
        rate,
        hold,
        offered,
        load.longest().peak(),
        load.threads(),
        curve,
        erlangB(offered, load.longest().peak()),
        recommendation(load, curve));
  }

  private static @Nullable Hold hold(Holds holds) {
    return holds.count() == 0
        ? null
        : new Hold(holds.meanNs(), holds.quantileNs(0.5), holds.quantileNs(0.99));
  }

  private List<Point> curve(FunctionLoad load) {
    MissConfidence ifLong = new MissConfidence(load.longest(), question.confidence());
    MissConfidence ifShort = new MissConfidence(load.shortest(), question.confidence());
    long[] missed = load.longest().missedBySize();
    List<Point> curve = new ArrayList<>();
    for (int c = 1; c <= load.longest().peak(); c++) {
      Interval range = ifLong.ratio(c);
      if (load.lost() > 0) {
        range = range.cover(ifShort.ratio(c));
      }
      double ratio = load.calls() == 0 ? 0 : (double) missed[c] / load.calls();
      curve.add(new Point(c, missed[c], ratio, range.low(), range.high()));
    }
    return curve;
  }

  private static List<Double> erlangB(@Nullable Double offered, int peak) {
    List<Double> ratios = new ArrayList<>();
    if (offered != null) {
      double[] losses = ErlangB.losses(offered, peak);
      for (int c = 1; c <= peak; c++) {
        ratios.add(losses[c]);
      }
    }
    return ratios;
  }

  private Recommendation recommendation(FunctionLoad load, List<Point> curve) {
    int safeBound = load.safeBound();
    Point enough = null;
    for (Point point : curve) {
      if (point.high() <= question.target()) {
        enough = point;
        break;
      }
    }
    int maxactive = enough == null ? safeBound : enough.maxactive();
    int byDefault = question.kernel().defaultMaxactive(question.preemption(), possibleCpus);
    return new Recommendation(
        question.target(),
        maxactive,
        enough == null ? Basis.SAFE_BOUND : Basis.OBSERVED,
        safeBound,
        byDefault,
        byDefault > curve.size() ? 0 : curve.get(byDefault - 1).missRatio(),
        PoolMemory.of(question.kernel(), Arch.X86_64)
            .bytes(maxactive, question.dataSize(), possibleCpus),
        enough == null ? whySafeBound(load) : whyObserved(load, enough));
  }

  private String whyObserved(FunctionLoad load, Point enough) {
    return String.format(
        Locale.ROOT,
        "%d instances missed %d of %d calls, and at %s confidence at most %s in the long run, within"
            + " the target of %s; more threads tomorrow need more than the %d seen.",
        enough.maxactive(),
        enough.missed(),
        load.calls(),
        percent(question.confidence()),
        Ratio.text(enough.high()),
        Ratio.text(question.target()),
        load.threads());
  }

  private String whySafeBound(FunctionLoad load) {
    String depth =
        load.deepestRecursion() == 1
            ? ""
            : ", each up to " + load.deepestRecursion() + " calls deep in the function,";
    String interrupts =
        load.interruptLevels() == 0
            ? ""
            : " and " + counted(load.interruptLevels(), "interrupt level");
    return String.format(
        Locale.ROOT,
        "%s cannot show a miss ratio of %s at %s confidence, so take the safe bound: the %s seen%s%s"
            + " cannot need more at once; more threads tomorrow need more.",
        counted(load.calls(), "call"),
        Ratio.text(question.target()),
        percent(question.confidence()),
        counted(load.threads(), "thread"),
        depth,
        interrupts);
  }

  private static String counted(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}
