package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.plan.load.ProfileLoad;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.trace.Tally;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Lengths;
import dev.kretsim.workload.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A load that grows needs the same, whether it was recorded or described. */
class GrowthTest {
  private static final double TARGET = 1e-2;
  private static final int CALLS = 60_000;

  private static PlanQuestion question(String growth) {
    PlanQuestion usual = PlanQuestion.usual();
    return new PlanQuestion(
        List.of(),
        TARGET,
        usual.confidence(),
        usual.kernel(),
        usual.preemption(),
        2,
        0,
        Growth.parse(growth),
        null,
        usual.mapEntries(),
        usual.tool(),
        null);
  }

  private static FunctionPlan recorded(String arrivals, String hold, String growth) {
    RandomStream trunk = RandomStream.trunk(3);
    Arrivals.Gaps gaps = Arrivals.parse(arrivals).gaps(trunk.branch());
    Lengths holds = Distribution.parse(hold).exactSampler(trunk.branch());
    double[] state = new double[Arrivals.STATE];
    gaps.begin(state);
    StringBuilder calls = new StringBuilder();
    double now = 0;
    for (int call = 0; call < CALLS; call++) {
      now += gaps.next(state);
      calls.append((long) now).append(',').append((long) (now + holds.getAsDouble()));
      calls.append(",t").append(call % 500).append(",f\n");
    }
    byte[] bytes = calls.toString().getBytes(StandardCharsets.UTF_8);
    try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
      Plan plan = new Planner(question(growth)).plan(source, new TraceReader(source, null));
      return plan.functions().get(0);
    }
  }

  private static FunctionPlan described(String arrivals, String hold, String growth) {
    return new SyntheticPlanner(
            question(growth), new SyntheticPlanner.Effort(200_000, 0.1), share -> {})
        .plan("f", new SyntheticLoad.Open(Arrivals.parse(arrivals), Distribution.parse(hold)), 1)
        .functions()
        .get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "poisson(rate=12000/s)|lognormal(p50=80us,p99=4ms)|2x",
        "poisson(rate=12000/s)|lognormal(p50=80us,p99=4ms)|threads:3x",
        "poisson(rate=5000/s)|exponential(mean=1ms)|4x",
        "batch(rate=1000/s,size=fixed(3))|exponential(mean=1ms)|2x",
      })
  void aTraceAndTheSameLoadDescribedAgree(String arrivals, String hold, String growth) {
    int seen = recorded(arrivals, hold, growth).recommendation().smallest();
    int said = described(arrivals, hold, growth).recommendation().smallest();
    assertThat((double) seen).isCloseTo(said, withinPercentage(10));
  }

  @ParameterizedTest
  @CsvSource({"2x", "threads:2x"})
  void theCurveIsTheGrownOneAndThePresentStandsBesideIt(String growth) {
    FunctionPlan now = recorded("poisson(rate=5000/s)", "exponential(mean=1ms)", "1x");
    FunctionPlan grown = recorded("poisson(rate=5000/s)", "exponential(mean=1ms)", growth);
    assertThat(grown.present()).isEqualTo(now.curve());
    assertThat(now.present()).isEmpty();
    assertThat(grown.missRatio(10)).isGreaterThan(2 * now.missRatio(10));
    assertThat(grown.recommendation().why()).contains("made to fit 2 times the ");
  }

  @Test
  void allThatIsToldOfAGrownTraceIsGrown() {
    FunctionPlan now = recorded("poisson(rate=5000/s)", "exponential(mean=1ms)", "1x");
    FunctionPlan grown = recorded("poisson(rate=5000/s)", "exponential(mean=1ms)", "2x");
    double load = Objects.requireNonNull(now.offeredLoad());
    assertThat(grown.analytic().missRatios()).hasSize(grown.curve().size());
    for (FunctionPlan.Point point : grown.curve()) {
      int size = point.maxactive();
      assertThat(grown.analytic().missRatios().get(size - 1))
          .isCloseTo(ErlangB.loss(2 * load, size), withinPercentage(1e-6));
      assertThat(point.missed()).isEqualTo(Math.round(point.missRatio() * grown.calls()));
    }
    assertThat(grown.recommendation().safeBound()).isEqualTo(2 * 500);
    assertThat(grown.recommendation().why())
        .contains("1000 instances would be safe", "than 2 times the 500 seen");
  }

  @ParameterizedTest
  @CsvSource({"90000, 1000", "90000, 0"})
  void whatCountersTellGrowsAsWhole(long hits, long misses) {
    FunctionPlan now = counted(hits, misses, "1x");
    FunctionPlan grown = counted(hits, misses, "2x");
    ProfileLoad load = ProfileLoad.of(hits, misses, 10, question("1x").confidence());
    assertThat(grown.present()).isEqualTo(now.curve());
    assertThat(grown.missRatio(10)).isCloseTo(ErlangB.loss(2 * load.load(), 10), within(1e-12));
    assertThat(grown.recommendation().smallest())
        .isEqualTo(ErlangB.sizeFor(2 * load.high(), TARGET))
        .isGreaterThan(now.recommendation().smallest());
    for (int burst = 0; burst < 2; burst++) {
      assertThat(grown.recommendation().ifBursty().get(burst).maxactive())
          .isGreaterThanOrEqualTo(grown.recommendation().smallest())
          .isGreaterThanOrEqualTo(now.recommendation().ifBursty().get(burst).maxactive());
    }
  }

  private static FunctionPlan counted(long hits, long misses, String growth) {
    return new ProfilePlanner(question(growth))
        .plan(
            "p",
            List.of(new ProfilePlanner.Counted("f", hits, misses, null, Tally.of("a test"))),
            10)
        .functions()
        .get(0);
  }

  @Test
  void aDescribedLoadThatGrowsTellsItsBoundOnce() {
    FunctionPlan plan =
        new SyntheticPlanner(question("2x"), new SyntheticPlanner.Effort(20_000, 0.1), share -> {})
            .plan(
                "f",
                new SyntheticLoad.Closed(
                    30, Distribution.parse("exponential(1ms)"), Distribution.parse("20ms")),
                1)
            .functions()
            .get(0);
    assertThat(plan.recommendation().safeBound()).isEqualTo(60);
  }
}
