package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Lengths;
import dev.kretsim.workload.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
}
