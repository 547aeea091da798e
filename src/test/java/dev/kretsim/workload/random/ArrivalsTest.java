package dev.kretsim.workload.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.kernel.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrivals come at the rate they promise, in the clumps they promise. */
class ArrivalsTest {
  private static final int CALLS = 400_000;

  private static double[] gaps(Arrivals arrivals) {
    Arrivals.Gaps stream = arrivals.gaps(RandomStream.of(7));
    double[] state = new double[Arrivals.STATE];
    stream.begin(state);
    double[] gaps = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      gaps[i] = stream.next(state);
      assertThat(gaps[i]).isNotNegative();
    }
    return gaps;
  }

  private static double rate(double[] gaps) {
    double span = 0;
    for (double gap : gaps) {
      span += gap;
    }
    return gaps.length / span * 1e9;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "poisson(rate=1000/s)|1000",
        "renewal(fixed(2ms))|500",
        "renewal(gamma(mean=1ms,shape=3))|1000",
        "mmpp(rates=100/s:2000/s,stay=200ms:10ms)|190.476",
        "mmpp(rates=0/s:1/ms:50/s,stay=10ms:10ms:20ms)|275",
        "onoff(rate=1000/s,on=exponential(mean=10ms),off=fixed(30ms))|250",
        "batch(rate=100/s,size=fixed(8))|800",
        "batch(rate=100/s,size=uniform(min=1,max=9))|500"
      })
  void callsComeAtTheRateThatIsTold(String text, double rate) {
    Arrivals arrivals = Arrivals.parse(text);
    assertThat(arrivals.ratePerSecond()).isCloseTo(rate, within(2e-3 * rate));
    assertThat(rate(gaps(arrivals))).isCloseTo(rate, within(0.03 * rate));
    assertThat(rate(gaps(arrivals.times(3)))).isCloseTo(3 * rate, within(0.1 * rate));
  }

  @Test
  void aBatchComesAtOnce() {
    double[] gaps = gaps(Arrivals.parse("batch(rate=100/s,size=fixed(4))"));
    for (int i = 0; i < 1000; i++) {
      assertThat(gaps[i] == 0).as("call %d", i).isEqualTo(i % 4 != 0);
    }
  }

  @Test
  void aCopiedStateGoesOnFromWhereItWas() {
    Arrivals.Gaps stream =
        Arrivals.parse("batch(rate=100/s,size=fixed(3))").gaps(RandomStream.of(7));
    double[] state = new double[Arrivals.STATE];
    stream.begin(state);
    stream.next(state);
    double[] copy = state.clone();
    assertThat(stream.next(state)).isZero();
    assertThat(stream.next(state)).isZero();
    assertThat(stream.next(copy)).isZero();
    assertThat(stream.next(copy)).isZero();
    assertThat(stream.next(copy)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000/s",
        "poisson(rate=0/s)",
        "poisson(rate=five)",
        "poisson(rate=1 every 0ns)",
        "poisson(rate=1e-300/s)",
        "renewal(1ms",
        "renewal(fixed(0ns))",
        "mmpp(rates=1/s:2/s,stay=1s)",
        "mmpp(rates=0/s,stay=1s)",
        "mmpp(rates=1/s:2/s,stay=1s:0s)",
        "onoff(rate=1/s,on=fixed(1s))",
        "onoff(rate=1/s,on=fixed(0s),off=fixed(1s))",
        "batch(rate=1/s,size=fixed(1ms))",
        "bursts(rate=1/s)"
      })
  void whatAreNoArrivalsIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> Arrivals.parse(text))
        .isInstanceOf(BadInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
