package dev.kretsim.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import org.junit.jupiter.api.Test;

/** The plain count of all sizes: the same by either engine, and what Erlang's formula says. */
class OpenCurveTest {
  private static final int CALLS = 200_000;

  private static SyntheticLoad.Open load(double inside, String hold) {
    Distribution law = Distribution.parse(hold);
    return new SyntheticLoad.Open(Arrivals.poisson("", inside * 1e9 / law.meanNs()), law);
  }

  @Test
  void eitherEngineCountsTheSameMisses() {
    for (double inside : new double[] {0.5, 7, 90}) {
      SyntheticLoad.Open load = load(inside, "lognormal(mean=100us,sigma=1)");
      OpenCurve blocks = OpenCurve.of(load, 5);
      OpenCurve calendar = OpenCurve.byCalendar(load, 5);
      for (int calls : new int[] {1, 1000, 30_000}) {
        blocks.play(calls);
        calendar.play(calls);
        assertThat(blocks.missedBySize()).isEqualTo(calendar.missedBySize());
      }
      assertThat(blocks.calls()).isEqualTo(31_001);
    }
  }

  @Test
  void aPoolOfNoneMissesAllAndThatOfThePeakNone() {
    OpenCurve curve = OpenCurve.of(load(3, "fixed(1us)"), 1);
    curve.play(5000);
    long[] missed = curve.missedBySize();
    assertThat(missed[0]).isEqualTo(5000);
    assertThat(missed[missed.length - 1]).isZero();
    assertThat(missed[missed.length - 2]).isPositive();
  }

  @Test
  void callsAtRandomAreMissedAsErlangSays() {
    for (String hold : new String[] {"exponential(mean=1us)", "fixed(1us)"}) {
      OpenCurve curve = OpenCurve.of(load(5, hold), 2);
      curve.play(CALLS);
      double[] losses = ErlangB.losses(5, 8);
      for (int c = 1; c <= 8; c++) {
        assertThat((double) curve.missedBySize()[c] / CALLS)
            .as("%s, pool of %d", hold, c)
            .isCloseTo(losses[c], within(0.01));
      }
    }
  }
}
