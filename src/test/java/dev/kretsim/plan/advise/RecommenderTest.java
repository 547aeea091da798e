package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Analytic;
import dev.kretsim.plan.FunctionPlan.Capacity;
import dev.kretsim.plan.FunctionPlan.Downstream;
import dev.kretsim.plan.FunctionPlan.Hold;
import dev.kretsim.plan.FunctionPlan.Picture;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Recommendation.Basis;
import dev.kretsim.plan.Tool;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.trace.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is recommended for a load that is known, and in which words. */
class RecommenderTest {
  private static final double TARGET = 1e-3;

  /** Of 10 000 calls. */
  private static final List<Point> CURVE =
      List.of(
          new Point(1, 2500, 0.25, 0.2, 0.3),
          new Point(2, 40, 0.004, 0.003, 0.005),
          new Point(3, 5, 5e-4, 1e-4, 9e-4),
          new Point(4, 0, 0, 0, 4e-4));

  private static PlanQuestion question(double growth, @Nullable Integer maxactive) {
    return new PlanQuestion(
        List.of(),
        TARGET,
        0.95,
        KernelVersion.V6_12,
        Preemption.VOLUNTARY,
        null,
        0,
        new Growth(growth, false),
        maxactive,
        1000,
        Tool.TRACEFS,
        null);
  }

  private static Evidence evidence(
      List<Point> curve,
      Basis basis,
      Evidence.@Nullable SafeBound bound,
      @Nullable Double burstiness) {
    return new Evidence(
        "f",
        10_000,
        0,
        0,
        0,
        1_000_000_000L,
        10_000.0,
        new Hold(50_000, 40_000, 200_000),
        0.5,
        burstiness,
        4,
        curve,
        new Analytic("erlang_b", List.of()),
        basis,
        bound,
        null,
        List.of(),
        Picture.empty(),
        Tally.of("a test"));
  }

  private static Evidence observed(List<Point> curve) {
    return evidence(curve, Basis.OBSERVED, new Evidence.SafeBound(6, 1, 0), 1.0);
  }

  private static FunctionPlan plan(Evidence found, PlanQuestion question) {
    return new Recommender(question, new PossibleCpus(1, PossibleCpus.Basis.TRACE)).plan(found);
  }

  private static String why(Evidence found, PlanQuestion question) {
    return plan(found, question).recommendation().why();
  }

  @Test
  void theSmallestPoolThatSurelyKeepsToTheTargetIsRecommended() {
    Recommendation made = plan(observed(CURVE), question(1, null)).recommendation();
    assertThat(made.smallest()).isEqualTo(3);
    assertThat(made.basis()).isEqualTo(Basis.OBSERVED);
    assertThat(made.safeBound()).isEqualTo(6);
    assertThat(made.why())
        .isEqualTo(
            "3 instances missed 5 of 10000 calls, at most 9e-4 in the long run (95 % sure), which"
                + " keeps to the target of 1 in 1000; at most 4 were inside at once, 0.50 on"
                + " average, as if at random; the default of 10 misses none; 6 instances would"
                + " be safe whatever happens; more threads tomorrow need more than the 6 seen.");
  }

  @Test
  void aBoundThatJustTouchesTheTargetIsWithinIt() {
    List<Point> touching = List.of(new Point(1, 3, 3e-4, 1e-4, TARGET));
    assertThat(plan(observed(touching), question(1, null)).recommendation().smallest())
        .isEqualTo(1);
  }

  @Test
  void aCurveThatShowsNothingIsAnsweredByTheSafeBound() {
    List<Point> unsure = CURVE.subList(0, 2);
    Evidence.SafeBound bound = new Evidence.SafeBound(6, 2, 1);
    Recommendation made =
        plan(evidence(unsure, Basis.OBSERVED, bound, 3.0), question(1, null)).recommendation();
    assertThat(made.maxactive()).isEqualTo(13);
    assertThat(made.basis()).isEqualTo(Basis.SAFE_BOUND);
    assertThat(made.why())
        .isEqualTo(
            "10000 calls are too few to show that no more than 1 in 1000 are missed, so it is a"
                + " number that is safe: the 6 threads seen, each up to 2 calls deep in the"
                + " function, and 1 interrupt level cannot need more at once; at most 4 were inside"
                + " at once, 0.50 on average, in bursts (3.00 times as uneven as calls at random);"
                + " the default of 10 misses none; more threads tomorrow need more.");
  }

  @Test
  void withoutABoundTheFormulaAnswersButWithNoLessThanWasSeenInside() {
    List<Point> unsure = CURVE.subList(0, 2);
    Recommendation made =
        plan(evidence(unsure, Basis.MODEL, null, null), question(1, null)).recommendation();
    assertThat(made.smallest()).isEqualTo(ErlangB.sizeFor(0.5, TARGET)).isGreaterThan(2);
    assertThat(made.basis()).isEqualTo(Basis.MODEL);
    assertThat(made.safeBound()).isNull();
    assertThat(made.why())
        .startsWith(
            "10000 calls are too few to show that no more than 1 in 1000 are missed, so it is what"
                + " calls at random would need, and no less than was seen inside; at most 4 were"
                + " inside at once, 0.50 on average; the")
        .endsWith("the default of 10 misses none.");
    List<Point> many = new ArrayList<>();
    for (int c = 1; c <= 40; c++) {
      many.add(new Point(c, 50, 0.005, 0, 0.01));
    }
    assertThat(
            plan(evidence(many, Basis.MODEL, null, null), question(1, null))
                .recommendation()
                .maxactive())
        .isEqualTo(40);
  }

  @Test
  void aModelSpeaksOfSharesAndNotOfCallsThatWereSeen() {
    assertThat(why(evidence(CURVE, Basis.MODEL, null, 0.5), question(1, null)))
        .isEqualTo(
            "3 instances miss 5e-4 of the simulated calls, at most 9e-4 in the long run (95 %"
                + " sure), which keeps to the target of 1 in 1000; at most 4 were inside at once,"
                + " 0.50 on average, more evenly than at random; the default of 10 misses none.");
  }

  @Test
  void growthNeedsMoreButNotAsManyTimesAndIsSaid() {
    Recommendation made = plan(observed(CURVE), question(2.5, null)).recommendation();
    assertThat(made.smallest()).isBetween(4, 7);
    assertThat(made.why()).endsWith("seen; made to fit 2.5 times the calls, each as long.");
    assertThat(made.growth()).isEqualTo(2.5);
  }

  @Test
  void moreThanTracefsTakesIsSaid() {
    Recommendation most = plan(observed(CURVE), question(1000, null)).recommendation();
    assertThat(most.withinTracefs()).isTrue();
    List<Point> late = new ArrayList<>();
    for (int c = 1; c <= 5; c++) {
      late.add(new Point(c, 0, 0, 0, 0.1));
    }
    Recommendation more = plan(observed(late), question(1000, null)).recommendation();
    assertThat(more.withinTracefs()).isFalse();
    assertThat(more.why())
        .endsWith("; tracefs takes no more than 4096, so only a module or SystemTap can set it.");
  }

  @Test
  void thePoolThatIsAskedForIsRatedByTheCurveAndTheFormula() {
    assertThat(plan(observed(CURVE), question(1, null)).asked()).isNull();
    Capacity asked =
        Objects.requireNonNull(plan(observed(CURVE), question(1, 2)).asked(), "asked for 2");
    assertThat(asked.maxactive()).isEqualTo(2);
    assertThat(asked.missRatio()).isEqualTo(0.004);
    assertThat(asked.low()).isEqualTo(0.003);
    assertThat(asked.high()).isEqualTo(0.005);
    double rate = Objects.requireNonNull(asked.highestRatePerSecond());
    // A mean hold of 50 us.
    assertThat(rate * 50e-6).isCloseTo(ErlangB.loadFor(2, TARGET), within(1e-9));
  }

  @Test
  void burstsLowerTheRateThatAPoolIsGoodFor() {
    Evidence.SafeBound bound = new Evidence.SafeBound(6, 1, 0);
    Capacity asked =
        Objects.requireNonNull(
            plan(evidence(CURVE, Basis.OBSERVED, bound, 2.0), question(1, 8)).asked());
    double rate = Objects.requireNonNull(asked.highestRatePerSecond());
    assertThat(rate * 50e-6).isCloseTo(2 * ErlangB.loadFor(4, TARGET), within(1e-9));
  }

  @Test
  void aMissIsAnOrphanThatFillsTheMap() {
    List<Point> steep = new ArrayList<>();
    for (int c = 1; c <= 12; c++) {
      steep.add(new Point(c, 0, c <= 10 ? 0.01 : 1e-5, 0, c <= 10 ? 0.02 : 1e-4));
    }
    List<Downstream> costs = plan(observed(steep), question(1, null)).downstream();
    assertThat(costs).extracting(Downstream::pool).containsExactly("default", "recommended");
    assertThat(costs).extracting(Downstream::maxactive).containsExactly(10, 11);
    assertThat(costs.get(0).orphansPerHour()).isCloseTo(360_000, within(1e-6));
    assertThat(costs.get(0).mapEntries()).isEqualTo(1000);
    assertThat(costs.get(0).mapFullAfterSeconds()).isCloseTo(10, within(1e-9));
    assertThat(costs.get(1).orphansPerHour()).isCloseTo(360, within(1e-6));
    assertThat(plan(observed(CURVE), question(1, null)).downstream().get(0).mapFullAfterSeconds())
        .as("nothing is missed")
        .isNull();
    assertThat(why(observed(steep), question(1, null))).contains("the default of 10 misses 0.010;");
  }

  @Test
  void whatIsUnknownIsLeftOut() {
    Evidence bare =
        new Evidence(
            "f",
            1,
            0,
            0,
            0,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            new Analytic("erlang_b", List.of()),
            Basis.OBSERVED,
            null,
            null,
            List.of(),
            Picture.empty(),
            Tally.of("a test"));
    FunctionPlan plan = plan(bare, question(1, 5));
    assertThat(plan.downstream()).isEmpty();
    assertThat(plan.threads()).isNull();
    assertThat(plan.recommendation().highestRatePerSecond()).isNull();
    assertThat(plan.recommendation().smallest()).isEqualTo(1);
    assertThat(plan.recommendation().why())
        .isEqualTo(
            "1 call is too few to show that no more than 1 in 1000 are missed, so it is what calls"
                + " at random would need, and no less than was seen inside; the default of 10"
                + " misses none.");
  }

  @Test
  void causesThatALargerPoolDoesNotCureAreNamed() {
    Evidence lossy =
        new Evidence(
            "f",
            100,
            0,
            7,
            3,
            null,
            null,
            null,
            null,
            null,
            4,
            CURVE,
            new Analytic("erlang_b", List.of()),
            Basis.OBSERVED,
            null,
            null,
            List.of(),
            Picture.empty(),
            Tally.of("a test"));
    assertThat(Reasons.notHelped(lossy, KernelVersion.V6_12))
        .hasSize(4)
        .anyMatch(cause -> cause.startsWith("7 calls here have no return"))
        .anyMatch(cause -> cause.startsWith("3 returns here have no entry"))
        .noneMatch(cause -> cause.startsWith("Before 5.10"));
    assertThat(Reasons.notHelped(observed(CURVE), KernelVersion.V5_4))
        .hasSize(3)
        .anyMatch(cause -> cause.startsWith("Before 5.10"));
    assertThat(Reasons.notHelped(observed(CURVE), KernelVersion.V5_10)).hasSize(2);
  }
}
