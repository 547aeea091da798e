package dev.kretsim.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kretsim.plan.curve.BatchCounts;
import dev.kretsim.plan.curve.FourWordsHunt;
import dev.kretsim.plan.curve.Hunt;
import dev.kretsim.plan.curve.OneWordHunt;
import dev.kretsim.plan.curve.TreeHunt;
import dev.kretsim.plan.curve.TwoLevelHunt;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All engines give every call the index that the plainest search gives it. */
class OpenEngineTest {
  private static final int CALLS = 3000;

  private static final List<String> ARRIVALS =
      List.of(
          "poisson(rate=1000000/s)",
          "renewal(hyperexponential(mean=1us,cv2=20))",
          "renewal(pareto(mean=1us,shape=1.1))",
          "renewal(fixed(1us))",
          "mmpp(rates=100000/s:10000000/s,stay=100us:10us)",
          "onoff(rate=20000000/s,on=exponential(mean=1us),off=exponential(mean=19us))",
          "batch(rate=125000/s,size=8)",
          "batch(rate=1000/s,size=1000)");

  /** Each with a place for the load, in microseconds. */
  private static final List<String> HOLDS =
      List.of(
          "fixed(%sus)",
          "exponential(mean=%sus)",
          "lognormal(mean=%sus,sigma=1.5)",
          "pareto(mean=%sus,shape=1.2)",
          "hyperexponential(mean=%sus,cv2=50)",
          "uniform(min=0us,max=%sus)");

  private static final int[] LOADS = {1, 3, 10, 40, 100, 700, 6000};

  static List<Arguments> loads() {
    List<Arguments> loads = new ArrayList<>();
    for (String arrivals : ARRIVALS) {
      for (String hold : HOLDS) {
        for (int load : LOADS) {
          loads.add(Arguments.of(arrivals, hold.formatted(load)));
        }
      }
    }
    for (String arrivals : ARRIVALS) {
      loads.add(Arguments.of(arrivals, "fixed(0us)"));
    }
    return loads;
  }

  @ParameterizedTest(name = "{0}, hold {1}")
  @MethodSource("loads")
  void everyEnginePlaysTheCallsOfThePlainSearch(String arrivals, String hold) {
    OpenLoad load = new OpenLoad(arrivals, hold, (arrivals + hold).hashCode());
    int[] expected = PlainHunt.indexes(load.source(), CALLS);
    SplittableRandom random = new SplittableRandom(load.seed());
    for (Hunt hunt : hunts()) {
      int length = random.nextInt(1, 700);
      OpenEngine engine = new BlockEngine(load.source(), length, hunt);
      assertThat(played(engine, random))
          .as("%s, blocks of %d, seed %d", hunt.getClass(), length, load.seed())
          .isEqualTo(expected);
    }
    OpenEngine calendar = new CalendarEngine(load.source(), load.offered());
    assertThat(played(calendar, random)).as("seed %d", load.seed()).isEqualTo(expected);
    OpenEngine chosen = OpenEngine.of(load.source(), load.offered());
    assertThat(played(chosen, random)).as("seed %d", load.seed()).isEqualTo(expected);
  }

  private static List<Hunt> hunts() {
    return List.of(new OneWordHunt(), new FourWordsHunt(), new TwoLevelHunt(), new TreeHunt());
  }

  /** In stretches of any length. */
  private static int[] played(OpenEngine engine, SplittableRandom random) {
    int[] indexes = new int[CALLS];
    for (int call = 0; call < CALLS; ) {
      int most = Math.min(CALLS - call, random.nextInt(1, 2 * CALLS));
      int calls = engine.next(most);
      assertThat(calls).isBetween(1, most);
      System.arraycopy(engine.indexes(), 0, indexes, call, calls);
      call += calls;
    }
    return indexes;
  }

  /** What the comparison above would not forgive. */
  @ParameterizedTest
  @MethodSource("brokenHunts")
  void brokenEnginesAreFound(Supplier<Hunt> broken) {
    int found = 0;
    for (int seed = 0; seed < 10; seed++) {
      OpenLoad load = new OpenLoad("batch(rate=125000/s,size=8)", "exponential(mean=10us)", seed);
      int[] expected = PlainHunt.indexes(load.source(), CALLS);
      OpenEngine engine = new BlockEngine(load.source(), 500, broken.get());
      int[] played = played(engine, new SplittableRandom(seed));
      found += Arrays.equals(played, expected) ? 0 : 1;
    }
    assertThat(found).isGreaterThan(5);
  }

  static List<Supplier<Hunt>> brokenHunts() {
    return List.of(ForgetsTheCarried::new, LeavesOneLate::new);
  }

  /** Who outlasts a block never leaves. */
  private static final class ForgetsTheCarried extends OneWordHunt {
    @Override
    public void leave(int before, int index) {}
  }

  /** Who leaves at the time of an arrival is still there. */
  private static final class LeavesOneLate extends OneWordHunt {
    @Override
    public boolean play(int calls, int[] ranks, int[] indexes) {
      int[] late = ranks.clone();
      for (int call = 0; call < calls; call++) {
        late[call] = Math.min(ranks[call] + 1, calls);
      }
      return super.play(calls, late, indexes);
    }
  }

  @Test
  void countsAreThoseOfItsIndexesInBatches() {
    OpenLoad load = new OpenLoad(ARRIVALS.get(0), "exponential(mean=10us)", 1);
    BatchCounts expected = new BatchCounts(8, 3);
    for (int index : PlainHunt.indexes(load.source(), CALLS)) {
      expected.add(index);
    }
    BatchCounts counts = new BatchCounts(8, 3);
    OpenEngine engine = OpenEngine.of(load.source(), load.offered());
    engine.play(CALLS - 7, counts);
    engine.play(7, counts);
    int size = expected.peak();
    assertThat(counts.calls()).isEqualTo(CALLS);
    assertThat(counts.peak()).isEqualTo(size);
    assertThat(counts.full()).isEqualTo(expected.full());
    assertThat(counts.tail(size)).isEqualTo(expected.tail(size));
    assertThat(counts.tails(size)).isEqualTo(expected.tails(size));
  }

  @Test
  void aLoadPlaysTheCallsOfItsFirstTrail() {
    SyntheticLoad.Open load =
        new SyntheticLoad.Open(
            Arrivals.parse(ARRIVALS.get(4)), Distribution.parse("lognormal(mean=50us,sigma=1)"));
    Trail trail = load.trails(new SyntheticLoad.Streams(9).next()).begin();
    OpenEngine engine = load.engine(new SyntheticLoad.Streams(9).next());
    int played = engine.next(5000);
    for (int call = 0; call < played; call++) {
      trail.arrive();
      assertThat(trail.enter()).isEqualTo(engine.indexes()[call]);
    }
    assertThat(engine.nowNs()).isEqualTo(trail.nowNs);
  }

  @Test
  void nothingIsLargerThanATree() {
    assertThatIllegalStateException().isThrownBy(new TreeHunt()::larger);
  }
}
