package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.Interval;
import dev.kretsim.plan.formula.ErlangB;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ranges hold what they promise on calls whose true miss ratio is known. */
class MissConfidenceTest {
  /** Poisson arrivals, exponential holds: Erlang B is the truth, and misses come in clumps. */
  @Tag("long")
  @ParameterizedTest(name = "load {0}, pool {1}, {2} calls")
  @CsvSource({"1, 3, 8000", "1, 4, 8000", "10, 9, 20000", "10, 14, 20000", "30, 33, 30000"})
  void coversTheTruthAboutAsOftenAsItSays(double load, int maxactive, int calls) {
    double truth = ErlangB.losses(load, maxactive)[maxactive];
    int runs = 400;
    int covered = 0;
    for (int seed = 0; seed < runs; seed++) {
      Interval range = new MissConfidence(poisson(load, calls, seed), 0.95).ratio(maxactive);
      covered += range.low() <= truth && truth <= range.high() ? 1 : 0;
    }
    assertThat((double) covered / runs).isBetween(0.93, 0.975);
  }

  /** Few clumps look like none: their number must be taken from where there are many. */
  @Tag("long")
  @ParameterizedTest(name = "pool {0}")
  @CsvSource({"21", "22", "23"})
  void coversAtLeastAsOftenWhereOnlyAFewClumpsAreSeen(int maxactive) {
    double truth = ErlangB.losses(10, maxactive)[maxactive];
    int covered = 0;
    for (int seed = 0; seed < 200; seed++) {
      Interval range = new MissConfidence(poisson(10, 20_000, seed), 0.95).ratio(maxactive);
      covered += range.low() <= truth && truth <= range.high() ? 1 : 0;
    }
    assertThat(covered / 200.0).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void noMissSeenIsNotNoMissEver() {
    MissCurve curve = new MissCurve();
    for (int i = 0; i < 1000; i++) {
      curve.leave(curve.enter());
    }
    Interval range = new MissConfidence(curve, 0.95).ratio(1);
    assertThat(range.low()).isZero();
    assertThat(range.high()).isCloseTo(3.0 / 1000, within(1e-5));
  }

  @Test
  void clumpedMissesWidenTheBoundWhereNoneWereSeen() {
    MissCurve alone = new MissCurve();
    MissCurve clumped = new MissCurve();
    for (int i = 0; i < 20_000; i++) {
      alone.leave(alone.enter());
    }
    for (int clump = 0; clump < 100; clump++) {
      for (int i = 0; i < 150; i++) {
        clumped.leave(clumped.enter());
      }
      List<Integer> inside = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        inside.add(clumped.enter());
      }
      inside.forEach(clumped::leave);
    }
    assertThat(new MissConfidence(clumped, 0.95).ratio(50).high())
        .isGreaterThanOrEqualTo(new MissConfidence(alone, 0.95).ratio(1).high());
  }

  @Test
  void nothingSeenIsNothingKnown() {
    assertThat(new MissConfidence(new MissCurve(), 0.95).ratio(1)).isEqualTo(new Interval(0, 1));
  }

  /** Calls with these indexes. */
  private static MissCurve curve(int... indexes) {
    MissCurve curve = new MissCurve();
    for (int index : indexes) {
      for (int below = 0; below < index; below++) {
        curve.occupy();
      }
      curve.enter();
      for (int taken = 0; taken <= index; taken++) {
        curve.leave(taken);
      }
    }
    return curve;
  }

  /** 320 calls: stretches of 20 that a pool of 1 misses or not, 6 that a pool of 2 misses too. */
  private static int[] clumped() {
    int[] indexes = new int[320];
    for (int call = 0; call < indexes.length; call++) {
      indexes[call] = call / 20 % 2;
    }
    Arrays.fill(indexes, 60, 66, 2);
    return indexes;
  }

  /** The standard error of the share of calls with that index or more, from batches of 8. */
  private static double error(int[] indexes, int size) {
    int batches = indexes.length / 8;
    double[] off = new double[batches];
    for (int call = 0; call < indexes.length; call++) {
      off[call / 8] += indexes[call] >= size ? 1 / 8.0 : 0;
    }
    double mean = Arrays.stream(off).average().orElseThrow();
    double[] deviations = Arrays.stream(off).map(share -> share - mean).toArray();
    double error = PlainBatchMeans.error(deviations, 1);
    assertThat(error)
        .as("with what neighbours have in common")
        .isGreaterThan(PlainBatchMeans.error(deviations, batches));
    return error;
  }

  private static double clump(int[] indexes, int size) {
    double ratio = Arrays.stream(indexes).filter(index -> index >= size).count() / 320.0;
    return Math.pow(error(indexes, size), 2) / (ratio * (1 - ratio) / 320);
  }

  @Test
  void theRangeIsThatOfBatchMeansByStudentsLaw() {
    int[] indexes = clumped();
    Interval range = new MissConfidence(curve(indexes), 0.95).ratio(1);
    double t = TDistribution.of(39).inverseCumulativeProbability(0.975);
    assertThat(range.low()).isCloseTo(0.5 - t * error(indexes, 1), within(1e-12));
    double clumps = 160 / clump(indexes, 1);
    double rare = BetaDistribution.of(clumps + 1, clumps).inverseCumulativeProbability(0.975);
    assertThat(range.high()).isCloseTo(Math.max(0.5 + t * error(indexes, 1), rare), within(1e-12));
  }

  @Test
  void fewMissesAreTakenToClumpAsThoseOfTheLargestPoolThatMissedMany() {
    int[] indexes = clumped();
    MissConfidence confidence = new MissConfidence(curve(indexes), 0.95);
    double clump = clump(indexes, 1);
    assertThat(clump).isGreaterThan(clump(indexes, 2));
    double rare =
        BetaDistribution.of(6 / clump + 1, 314 / clump).inverseCumulativeProbability(0.975);
    assertThat(confidence.ratio(2).low()).isZero();
    assertThat(confidence.ratio(2).high()).isCloseTo(rare, within(1e-12));
    double none = -Math.log(0.05) * clump / 320;
    assertThat(confidence.ratio(3)).isEqualTo(new Interval(0, none));
    assertThat(confidence.ratio(4)).as("above the peak").isEqualTo(new Interval(0, none));
  }

  @Test
  void whereEveryCallIsMissedNothingElseIsThere() {
    int[] indexes = new int[64];
    Arrays.fill(indexes, 1);
    assertThat(new MissConfidence(curve(indexes), 0.95).ratio(1)).isEqualTo(new Interval(1, 1));
  }

  @Test
  void oneBatchTellsNoSpread() {
    Interval range = new MissConfidence(curve(1), 0.95).ratio(1);
    assertThat(range).isEqualTo(new Interval(0, 1));
  }

  private static MissCurve poisson(double load, int calls, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MissCurve curve = new MissCurve();
    PriorityQueue<double[]> inside = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
    double now = 0;
    for (int i = -(int) (30 * load); i < calls; i++) {
      now += exponential(random) / load;
      while (!inside.isEmpty() && inside.element()[0] <= now) {
        curve.leave((int) inside.remove()[1]);
      }
      inside.add(new double[] {now + exponential(random), i < 0 ? curve.occupy() : curve.enter()});
    }
    return curve;
  }

  private static double exponential(SplittableRandom random) {
    return -Math.log(1 - random.nextDouble());
  }
}
