package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Tool;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.plan.formula.GhostChain;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulated miss ratios are those of the formulas, within bounds that are narrow. */
class SyntheticPlannerTest {
  private static final double WIDEST = 0.1;

  private static SyntheticLoad open(double load, String hold) {
    Distribution law = Distribution.parse(hold);
    return new SyntheticLoad.Open(Arrivals.poisson("", load * 1e9 / law.meanNs()), law);
  }

  private static Plan plan(SyntheticLoad load, long seed) {
    return new SyntheticPlanner(
            PlanQuestion.usual(),
            new SyntheticPlanner.Effort(0, SyntheticPlanner.USUAL_PRECISION),
            share -> {})
        .plan("f", load, seed);
  }

  /** How many points of the curve lie between two ratios; each is checked against the formula. */
  private static int checked(FunctionPlan plan, double least, double allowance) {
    int points = 0;
    for (Point point : plan.curve()) {
      if (point.maxactive() > plan.analytic().missRatios().size()) {
        break;
      }
      double truth = plan.analytic().missRatios().get(point.maxactive() - 1);
      if (truth <= 0.5 && truth >= least) {
        points++;
        double low = point.low() - allowance * truth;
        assertThat(truth).as("%s", point).isBetween(low, point.high() + allowance * truth);
        assertThat(point.high() - point.low())
            .as("%s", point)
            .isLessThanOrEqualTo(2 * WIDEST * point.missRatio());
      }
    }
    return points;
  }

  @Tag("long")
  @ParameterizedTest(name = "load {0}, hold {1}, down to {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1|exponential(mean=1ms)|1e-6",
        "10|exponential(mean=1ms)|1e-6",
        "100|exponential(mean=1ms)|1e-6",
        "1|fixed(1ms)|1e-6",
        "10|fixed(1ms)|1e-6",
        "100|fixed(1ms)|1e-6",
        "1|lognormal(mean=1ms,sigma=1.5)|1e-3",
        "10|lognormal(mean=1ms,sigma=1.5)|1e-3",
        "1|pareto(mean=1ms,shape=2.2)|1e-3",
        "10|pareto(mean=1ms,shape=2.2)|1e-3",
        "3.7|hyperexponential(mean=1ms,cv2=4)|1e-6"
      })
  void callsAtRandomMissWhatErlangSays(double load, String hold, double least) {
    Plan plan = plan(open(load, hold), 11);
    FunctionPlan function = plan.functions().get(0);
    assertThat(checked(function, least, 0)).isGreaterThanOrEqualTo(4);
    assertThat(function.offeredLoad()).isCloseTo(load, within(1e-9 * load));
    assertThat(plan.seed()).isEqualTo(11);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0} threads, think {1}")
  @CsvSource({"12, 9ms", "30, 4ms", "60, 1ms"})
  void threadsMissWhatTheGhostChainSays(int threads, String think) {
    SyntheticLoad load =
        new SyntheticLoad.Closed(
            threads,
            Distribution.parse("exponential(mean=" + think + ")"),
            Distribution.parse("exponential(mean=1ms)"));
    FunctionPlan function = plan(load, 5).functions().get(0);
    assertThat(function.analytic().model()).isEqualTo("closed_ghost");
    assertThat(checked(function, 1e-6, 0)).isGreaterThanOrEqualTo(4);
    assertThat(function.threads()).isEqualTo(threads);
    assertThat(function.recommendation().safeBound()).isEqualTo(threads);
    assertThat(function.peakInside()).isLessThanOrEqualTo(threads);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0} threads, {1} instances")
  @CsvSource({"128, 96, 0.247", "192, 96, 0.496", "192, 128, 0.329"})
  void brieflyThinkingThreadsMissWhatRealMachinesMissed(int threads, int pool, double ratio) {
    SyntheticLoad load =
        new SyntheticLoad.Closed(
            threads,
            Distribution.parse("exponential(mean=0.013ms)"),
            Distribution.parse("exponential(mean=1ms)"));
    FunctionPlan function = plan(load, 1).functions().get(0);
    assertThat(function.missRatio(pool)).isCloseTo(ratio, within(1.5e-3));
    assertThat(function.analytic().missRatios().get(pool - 1)).isCloseTo(ratio, within(5e-4));
  }

  @Tag("long")
  @Test
  void aSpanOfMoreThanThreeCenturiesIsUnknown() {
    FunctionPlan plan =
        new SyntheticPlanner(
                PlanQuestion.usual(), new SyntheticPlanner.Effort(200_000, 0.5), share -> {})
            .plan(
                "f",
                new SyntheticLoad.Open(
                    Arrivals.poisson("rate 1/d", 1.0 / 86_400), Distribution.parse("1ms")),
                1)
            .functions()
            .get(0);
    assertThat(plan.spanNs()).isNull();
    assertThat(plan.ratePerSecond()).isEqualTo(1.0 / 86_400);
  }

  @Test
  void theSameSeedGivesTheSamePlanAndAnotherAnother() {
    SyntheticLoad load = open(3, "exponential(mean=1ms)");
    assertThat(plan(load, 1)).isEqualTo(plan(load, 1));
    assertThat(plan(load, 1).functions().get(0).curve())
        .isNotEqualTo(plan(load, 2).functions().get(0).curve());
  }

  @Tag("long")
  @Test
  void burstsAreSeenAsBurstsAndNeedMore() {
    Distribution hold = Distribution.parse("exponential(mean=1ms)");
    FunctionPlan random =
        plan(new SyntheticLoad.Open(Arrivals.parse("poisson(rate=5000/s)"), hold), 1)
            .functions()
            .get(0);
    FunctionPlan bursts =
        plan(new SyntheticLoad.Open(Arrivals.parse("batch(rate=1000/s,size=fixed(5))"), hold), 1)
            .functions()
            .get(0);
    assertThat(random.burstiness()).isCloseTo(1, within(0.1));
    // Batches of b at random times with exponential holds: 1 + (b - 1) / 2.
    assertThat(bursts.burstiness()).isCloseTo(3, within(0.3));
    assertThat(bursts.recommendation().maxactive())
        .isGreaterThan(random.recommendation().maxactive());
  }

  @Test
  void callsThatComeAsOthersLeaveFindThemGone() {
    SyntheticLoad clockwork =
        new SyntheticLoad.Open(
            Arrivals.parse("renewal(fixed(1ms))"), Distribution.parse("fixed(10ms)"));
    assertThat(plan(clockwork, 1).functions().get(0).peakInside()).isEqualTo(10);
  }

  @Test
  void growthIsSimulatedNotExtrapolated() {
    PlanQuestion usual = PlanQuestion.usual();
    PlanQuestion doubled =
        new PlanQuestion(
            usual.functions(),
            usual.target(),
            usual.confidence(),
            usual.kernel(),
            usual.preemption(),
            null,
            0,
            new Growth(2, false),
            20,
            PlanQuestion.USUAL_MAP,
            Tool.TRACEFS,
            null);
    FunctionPlan plan =
        new SyntheticPlanner(doubled, new SyntheticPlanner.Effort(200_000, 0.1), share -> {})
            .plan("f", open(5, "exponential(mean=1ms)"), 1)
            .functions()
            .get(0);
    assertThat(plan.offeredLoad()).isCloseTo(10, within(1e-9));
    assertThat(plan.calls()).isEqualTo(200_000);
    assertThat(plan.recommendation().maxactive())
        .isBetween(ErlangB.sizeFor(10, 1e-4), ErlangB.sizeFor(10, 1e-4) + 1);
    FunctionPlan.Capacity asked = Objects.requireNonNull(plan.asked());
    assertThat(asked.missRatio()).isCloseTo(ErlangB.loss(10, 20), within(2e-4));
    double rate = Objects.requireNonNull(asked.highestRatePerSecond());
    assertThat(rate / 1000).isCloseTo(ErlangB.loadFor(20, 1e-4), within(1.0));
  }

  private static Plan shortly(SyntheticLoad load, double precision) {
    return new SyntheticPlanner(
            PlanQuestion.usual(), new SyntheticPlanner.Effort(3000, precision), share -> {})
        .plan("f", load, 7);
  }

  @Test
  void aRunThatIsTooShortSaysHowWellItKnows() {
    Plan plan = shortly(open(3, "exponential(mean=1ms)"), 0.01);
    assertThat(plan.source()).startsWith("synthetic: ");
    assertThat(plan.possibleCpus().number()).isNull();
    assertThat(plan.remarks())
        .singleElement()
        .asString()
        .matches(
            "after 3000 calls \\(\\d+ with branches\\) not every ratio above 1e-6 is known to 1 %;.*");
    FunctionPlan function = plan.functions().get(0);
    assertThat(function.calls()).isEqualTo(3000);
    assertThat(function.hold()).isNotNull();
    assertThat(function.ratePerSecond()).isCloseTo(3000, within(1e-6));
    assertThat(Objects.requireNonNull(function.spanNs()) * 1e-9).isCloseTo(1, within(0.2));
    assertThat(function.analytic().model()).isEqualTo("erlang_b");
    assertThat(function.curve()).hasSize(Objects.requireNonNull(function.peakInside()));
    for (Point point : function.curve()) {
      assertThat(point.missed()).isEqualTo(Math.round(3000 * point.missRatio()));
      assertThat(point.missRatio()).isBetween(point.low(), point.high());
    }
    assertThat(plan.method())
        .anyMatch(line -> line.contains("with seed 7: 3000 calls counted after a warm-up in 16 "))
        .anyMatch(line -> line.contains("is known exactly for this load"))
        .anyMatch(line -> line.contains("at 95 % confidence"))
        .anyMatch(line -> line.startsWith("Beside it Erlang B"));
  }

  @Test
  void whatRepeatsItselfIsSaidToDoSo() {
    SyntheticLoad clockwork =
        new SyntheticLoad.Closed(
            5, Distribution.parse("fixed(1ms)"), Distribution.parse("fixed(2ms)"));
    Plan plan = shortly(clockwork, 0.9);
    assertThat(plan.remarks())
        .anyMatch(remark -> remark.startsWith("nothing in this load is random but its start"));
    assertThat(shortly(open(3, "exponential(mean=1ms)"), 0.9).remarks())
        .noneMatch(remark -> remark.startsWith("nothing in this load"));
  }

  @Test
  void moreThreadsThanTheFormulaCanFollowHaveNone() {
    Distribution ms = Distribution.parse("exponential(mean=1ms)");
    int most = GhostChain.MOST_THREADS;
    Plan few = shortly(new SyntheticLoad.Closed(3, ms, ms), 0.9);
    assertThat(few.functions().get(0).analytic().missRatios()).hasSize(3);
    assertThat(few.method()).anyMatch(line -> line.startsWith("Beside it the closed ghost chain"));
    Plan many = shortly(new SyntheticLoad.Closed(most + 1, ms, ms), 0.9);
    assertThat(many.functions().get(0).analytic().missRatios()).isEmpty();
    assertThat(many.functions().get(0).threads()).isEqualTo(most + 1);
  }
}
