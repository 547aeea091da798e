package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Recommendation;
import dev.kretsim.plan.Tool;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.plan.load.ProfileLoad;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.plan.load.Trail;
import dev.kretsim.trace.Tally;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The load behind hits and misses is found, and the interval holds what it promises. */
class ProfilePlannerTest {
  private static Plan plan(long hits, long misses, int maxactive) {
    return new ProfilePlanner(PlanQuestion.usual())
        .plan(
            "profile",
            List.of(
                new ProfilePlanner.Counted("f", hits, misses, 1_000_000_000L, Tally.of("a test"))),
            maxactive);
  }

  @ParameterizedTest(name = "load {0}, pool {1}")
  @CsvSource({"4, 5", "10, 10", "60, 64"})
  void theLoadOfManyCallsIsFound(double load, int maxactive) {
    double loss = ErlangB.loss(load, maxactive);
    long calls = 100_000_000;
    long misses = Math.round(loss * calls);
    FunctionPlan plan = plan(calls - misses, misses, maxactive).functions().get(0);
    assertThat(plan.offeredLoad()).isCloseTo(load, within(1e-3 * load));
    assertThat(plan.missRatio(maxactive)).isCloseTo(loss, within(1e-3 * loss));
    assertThat(plan.recommendation().smallest())
        .isBetween(ErlangB.sizeFor(load, 1e-4), ErlangB.sizeFor(load, 1e-4) + 1);
    assertThat(plan.recommendation().basis()).isEqualTo(Recommendation.Basis.MODEL);
  }

  /** Twice the same clumped process, counted by simulation: the true load is mostly inside. */
  @Test
  void theIntervalHoldsTheTrueLoadAboutAsOftenAsItSays() {
    double load = 10;
    int maxactive = 12;
    int covered = 0;
    int runs = 200;
    for (int seed = 0; seed < runs; seed++) {
      Trail trail =
          new SyntheticLoad.Open(
                  Arrivals.poisson("", load * 1000), Distribution.parse("exponential(mean=1ms)"))
              .trails(new SyntheticLoad.Streams(seed).next())
              .begin();
      long misses = 0;
      int calls = 5000;
      for (int call = -1000; call < calls; call++) {
        trail.arrive();
        misses += trail.enter() >= maxactive && call >= 0 ? 1 : 0;
      }
      ProfileLoad found = ProfileLoad.of(calls - misses, misses, maxactive, 0.95);
      covered += found.low() <= load && load <= found.high() ? 1 : 0;
    }
    assertThat((double) covered / runs).isBetween(0.91, 0.99);
  }

  @Test
  void noMissGivesAnUpperBoundOfTheLoad() {
    ProfileLoad load = ProfileLoad.of(1000, 0, 5, 0.95);
    assertThat(load.load()).isZero();
    assertThat(load.low()).isZero();
    assertThat(ErlangB.loss(load.high(), 5)).isBetween(3e-3, 9e-3);
    FunctionPlan plan = plan(1000, 0, 5).functions().get(0);
    assertThat(plan.recommendation().maxactive())
        .isEqualTo(ErlangB.sizeFor(ProfileLoad.of(1000, 0, 5, 0.95).high(), 1e-4));
  }

  @Test
  void everyCallMissedStillGivesAnAnswer() {
    ProfileLoad load = ProfileLoad.of(0, 100, 5, 0.95);
    assertThat(load.low()).isBetween(5.0, load.high());
  }

  @Test
  void saysWhatTheColumnOfThatKernelHolds() {
    Plan plan = plan(900, 100, 4);
    assertThat(plan.remarks().get(0))
        .contains("900 hits and 100 misses with maxactive 4", "nested hits", "7.3");
  }

  @ParameterizedTest
  @EnumSource(
      value = KernelVersion.class,
      names = {"V5_4", "V5_14"})
  void aKernelThatHidesEmptyPoolsIsRefused(KernelVersion kernel) {
    PlanQuestion usual = PlanQuestion.usual();
    PlanQuestion question =
        new PlanQuestion(
            List.of(),
            1e-4,
            0.95,
            kernel,
            usual.preemption(),
            null,
            0,
            Growth.NONE,
            null,
            10240,
            Tool.TRACEFS,
            null);
    assertThatThrownBy(
            () ->
                new ProfilePlanner(question)
                    .plan(
                        "p",
                        List.of(new ProfilePlanner.Counted("f", 9, 1, null, Tally.of("a test"))),
                        4))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("an empty pool does not show there");
  }

  @Test
  void nothingCountedIsRefused() {
    assertThatThrownBy(() -> plan(0, 0, 4)).hasMessageContaining("no hit and no miss");
  }

  @Test
  void countsThatNoKernelHasAreNotTakenForNone() {
    assertThatThrownBy(() -> plan(Long.MAX_VALUE, Long.MAX_VALUE, 4))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("more than any kernel counts");
  }

  @Test
  void functionsThatWereNotAskedForOrNotCalledAreLeftOut() {
    PlanQuestion usual = PlanQuestion.usual();
    PlanQuestion question =
        new PlanQuestion(
            List.of("f", "h"),
            1e-4,
            0.95,
            usual.kernel(),
            usual.preemption(),
            6,
            0,
            Growth.NONE,
            null,
            10240,
            Tool.TRACEFS,
            null);
    Plan plan =
        new ProfilePlanner(question)
            .plan(
                "profile",
                List.of(
                    new ProfilePlanner.Counted("f", 99, 1, 2_000_000_000L, Tally.of("a test")),
                    new ProfilePlanner.Counted("g", 99, 1, null, Tally.of("a test")),
                    new ProfilePlanner.Counted("h", 0, 0, null, Tally.of("a test"))),
                4);
    assertThat(plan.possibleCpus()).isEqualTo(new PossibleCpus(6, PossibleCpus.Basis.GIVEN));
    assertThat(plan.functions()).singleElement().matches(only -> only.function().equals("f"));
    assertThat(plan.functions().get(0).ratePerSecond()).isCloseTo(50, within(1e-9));
    assertThat(plan.functions().get(0).calls()).isEqualTo(100);
    assertThat(plan.remarks()).hasSize(1);
    assertThat(plan.method()).hasSize(3);
  }

  @Test
  void withoutATimeThereIsNoRate() {
    for (Long spanNs : new Long[] {null, 0L}) {
      Plan plan =
          new ProfilePlanner(PlanQuestion.usual())
              .plan(
                  "p",
                  List.of(new ProfilePlanner.Counted("f", 99, 1, spanNs, Tally.of("a test"))),
                  1);
      assertThat(plan.functions().get(0).ratePerSecond()).isNull();
      assertThat(plan.possibleCpus().number()).isNull();
    }
    assertThatThrownBy(() -> plan(99, 1, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessage("profile: the maxactive in force must be at least 1 and at most 65536: 0");
  }

  @Test
  void theCurveGoesAHundredTimesRarerThanTheTarget() {
    FunctionPlan plan = plan(900, 100, 4).functions().get(0);
    Point last = plan.curve().get(plan.curve().size() - 1);
    assertThat(last.high()).isBetween(1e-8, 1e-6);
    for (Point point : plan.curve()) {
      assertThat(point.missRatio()).isBetween(point.low(), point.high());
      assertThat(point.missed()).isEqualTo(Math.round(1000 * point.missRatio()));
    }
    assertThat(plan.curve().get(3).missRatio()).isCloseTo(0.1, within(1e-6));
    assertThat(plan.analytic().missRatios()).hasSize(plan.curve().size());
  }
}
