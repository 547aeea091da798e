package dev.kretsim.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.formula.InsideLaw;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import org.junit.jupiter.api.Test;

/** What follows from the description of a load without playing it. */
class SyntheticLoadTest {
  private static SyntheticLoad.Closed closed(int threads, String think, String hold) {
    return new SyntheticLoad.Closed(threads, Distribution.parse(think), Distribution.parse(hold));
  }

  @Test
  void anOpenLoadIsItsRateTimesItsHold() {
    SyntheticLoad.Open load =
        new SyntheticLoad.Open(Arrivals.poisson("2000/s", 2000), Distribution.parse("fixed(3ms)"));
    assertThat(load.offeredLoad()).isEqualTo(6, within(1e-12));
    assertThat(load.ratePerSecond()).isEqualTo(2000);
    assertThat(load.times(2).offeredLoad()).isEqualTo(12, within(1e-12));
    assertThat(load.toString()).isEqualTo("2000/s, hold fixed(3ms)");
    assertThat(load.insideAtCalls().tail(1)).isEqualTo(1 - Math.exp(-6), within(1e-9));
  }

  @Test
  void aClosedLoadIsEachThreadsShareOfTimeInside() {
    SyntheticLoad.Closed load = closed(10, "exponential(mean=3ms)", "fixed(1ms)");
    assertThat(load.offeredLoad()).isEqualTo(2.5);
    assertThat(load.ratePerSecond()).isEqualTo(2500);
    assertThat(load.relaxationNs()).isEqualTo(4e6);
    assertThat(load.times(1.55).threads()).isEqualTo(16);
    assertThat(load.toString())
        .isEqualTo("10 threads, think exponential(mean=3ms), hold fixed(1ms)");
    assertThat(load.insideAtCalls().tail(1))
        .as("nine others, each inside for a quarter of the time")
        .isEqualTo(1 - Math.pow(0.75, 9), within(1e-9));
    assertThat(load.insideAtCalls().tail(10)).as("all ten are inside").isZero();
  }

  @Test
  void onlyWhatHasNoRandomLengthRepeatsItself() {
    assertThat(closed(3, "fixed(2ms)", "fixed(1ms)").repeatsItself()).isTrue();
    assertThat(closed(3, "exponential(mean=2ms)", "fixed(1ms)").repeatsItself()).isFalse();
    assertThat(closed(3, "fixed(2ms)", "exponential(mean=1ms)").repeatsItself()).isFalse();
    assertThat(closed(3, "fixed(2ms)", "fixed(1ms)").insideAtCalls().isKnown()).isFalse();
  }

  @Test
  void threadsBeginAtAnyMomentOfTheirTurn() {
    SyntheticLoad.Closed load = closed(400, "fixed(3ms)", "fixed(1ms)");
    Trail trail = load.trails(new SyntheticLoad.Streams(1).next()).begin();
    double last = 0;
    for (int call = 0; call < 400; call++) {
      trail.arrive();
      trail.enter();
      assertThat(trail.nowNs).isBetween(last, 4e6);
      last = trail.nowNs;
    }
    assertThat(last).isGreaterThan(3.9e6);
    assertThat(trail.arrive()).as("a quarter of them").isBetween(60, 140);
  }

  @Test
  void threadsAreFromOneToAHundredThousand() {
    assertThatThrownBy(() -> closed(0, "fixed(2ms)", "fixed(1ms)"))
        .hasMessage("--threads must be from 1 to 100000: 0");
    assertThatThrownBy(() -> closed(100_001, "fixed(2ms)", "fixed(1ms)"))
        .hasMessage("--threads must be from 1 to 100000: 100001");
    assertThat(closed(100_000, "fixed(2ms)", "fixed(1ms)").threads()).isEqualTo(100_000);
    assertThatThrownBy(() -> closed(1, "fixed(0ms)", "fixed(0ms)"))
        .hasMessage("--think and --hold must not both be 0: no time would pass");
  }

  @Test
  void aLawTellsTheLeastNumberThatFewFindInside() {
    InsideLaw law = InsideLaw.poisson(4);
    for (double share : new double[] {0.5, 0.1, 1e-3, 1e-9}) {
      int least = law.least(share);
      assertThat(law.tail(least)).isLessThanOrEqualTo(share);
      assertThat(law.tail(least - 1)).isGreaterThan(share);
    }
    assertThat(InsideLaw.poisson(0).isKnown()).isFalse();
  }
}
