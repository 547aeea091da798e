package dev.kretsim.plan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.curve.BatchCounts;
import dev.kretsim.plan.curve.OneWordHunt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The work of the engines, in entries looked at and not in time: it hardly grows with the load. */
class EngineWorkTest {
  private static final int CALLS = 200_000;
  private static final int[] LOADS = {1, 10, 100, 1000, 10_000};

  /** A block's own comparisons, two a call, are not among these. */
  private static final double MOST_IN_BLOCKS = 4;

  private static final double MOST_IN_CALENDAR = 5;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "poisson(rate=1000000/s);exponential(mean=%dus)",
        "poisson(rate=1000000/s);lognormal(mean=%dus,sigma=1.5)",
        "poisson(rate=1000000/s);pareto(mean=%dus,shape=1.2)",
        "batch(rate=125000/s,size=8);fixed(%dus)",
      })
  void doesNotGrowWithTheLoad(String arrivals, String hold) {
    for (int inside : LOADS) {
      OpenLoad load = new OpenLoad(arrivals, hold.formatted(inside), 1);
      int length = BlockEngine.lengthFor(inside);
      OpenEngine blocks = new BlockEngine(load.source(), length, new OneWordHunt());
      assertThat(perCall(blocks)).as("blocks, %s", load).isLessThan(MOST_IN_BLOCKS);
      OpenEngine calendar = new CalendarEngine(load.source(), inside);
      assertThat(perCall(calendar)).as("calendar, %s", load).isLessThan(MOST_IN_CALENDAR);
    }
  }

  /** Where nearly all arrivals of a block fall into one bucket, a search finds the place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "renewal(pareto(mean=1us,shape=1.02));exponential(mean=10us)",
        "onoff(rate=1000000000/s,on=1us,off=999us);exponential(mean=100ns)",
        "batch(rate=1000/s,size=1000);uniform(min=0us,max=2000us)",
      })
  void growsByALogarithmWhereCallsClump(String arrivals, String hold) {
    OpenLoad load = new OpenLoad(arrivals, hold, 1);
    int length = BlockEngine.lengthFor(load.offered());
    OpenEngine blocks = new BlockEngine(load.source(), length, new OneWordHunt());
    assertThat(perCall(blocks)).isLessThan(MOST_IN_BLOCKS + 2 * Math.log(length) / Math.log(2));
  }

  private static double perCall(OpenEngine engine) {
    engine.play(CALLS, new BatchCounts(8, 1));
    return (double) engine.touched() / CALLS;
  }
}
