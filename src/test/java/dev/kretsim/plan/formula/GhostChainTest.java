package dev.kretsim.plan.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chain of tracked and ghost calls, against its own equations solved the slow way. */
class GhostChainTest {
  @ParameterizedTest(name = "{0} threads, {1} instances, ratio {2}")
  @CsvSource({"2, 1, 1", "3, 1, 0.2", "5, 2, 4", "8, 3, 0.5", "9, 8, 30"})
  void agreesWithTheChainFollowedForALongTime(int threads, int pool, double ratio) {
    assertThat(new GhostChain(threads, ratio).missRatio(pool))
        .isCloseTo(byIteration(threads, pool, ratio), within(1e-9));
  }

  /** The chain's shares of time by repeated small steps. */
  private static double byIteration(int threads, int pool, double ratio) {
    int ghosts = threads - pool;
    double[][] share = new double[pool + 1][ghosts + 1];
    share[0][0] = 1;
    double step = 0.9 / (threads * (1 + ratio));
    for (int round = 0; round < 400_000; round++) {
      double[][] next = new double[pool + 1][ghosts + 1];
      double moved = 0;
      for (int i = 0; i <= pool; i++) {
        for (int g = 0; g <= ghosts; g++) {
          double here = share[i][g];
          double up = step * (threads - i - g) * ratio;
          next[i][g] += here * (1 - up - step * (i + g));
          if (i < pool) {
            next[i + 1][g] += here * up;
          } else if (g < ghosts) {
            next[i][g + 1] += here * up;
          }
          if (i > 0) {
            next[i - 1][g] += here * step * i;
          }
          if (g > 0) {
            next[i][g - 1] += here * step * g;
          }
        }
      }
      for (int i = 0; i <= pool; i++) {
        for (int g = 0; g <= ghosts; g++) {
          moved += Math.abs(next[i][g] - share[i][g]);
        }
      }
      share = next;
      if (moved < 1e-14) {
        break;
      }
    }
    double missed = 0;
    double calls = 0;
    for (int i = 0; i <= pool; i++) {
      for (int g = 0; g <= ghosts; g++) {
        double arriving = share[i][g] * (threads - i - g);
        calls += arriving;
        missed += i == pool ? arriving : 0;
      }
    }
    return missed / calls;
  }

  @ParameterizedTest
  @CsvSource({"128, 96, 0.247", "192, 96, 0.496", "192, 128, 0.329"})
  void saysWhatRealMachinesMissed(int threads, int pool, double ratio) {
    assertThat(new GhostChain(threads, 1 / 0.013).missRatio(pool)).isCloseTo(ratio, within(5e-4));
  }

  @Test
  void manyIdleThreadsAreCallsAtRandom() {
    double share = 5.0 / 400;
    assertThat(new GhostChain(400, share / (1 - share)).missRatio(9))
        .isCloseTo(ErlangB.loss(5, 9), within(0.08 * ErlangB.loss(5, 9)));
  }

  @Test
  void noThreadWaitsForAnInstanceThatAllOthersLeaveFree() {
    assertThat(new GhostChain(7, 100).missRatio(7)).isZero();
    assertThat(new GhostChain(7, Double.POSITIVE_INFINITY).missRatio(6)).isBetween(0.0, 1.0);
  }

  @ParameterizedTest(name = "{0} threads, {1} instances, ratio {2}")
  @CsvSource({
    "2, 1, 1e-15",
    "64, 8, 1",
    "64, 32, 1e-9",
    "64, 32, 0.3",
    "64, 32, 500",
    "64, 32, 1e6",
    "64, 63, 1e12",
    "64, 1, 1e12",
    "400, 1, 500",
    "400, 20, 1e-9",
    "150, 75, 500",
    "150, 75, 0.9",
    "150, 75, 1e-6",
    "400, 390, 1e4"
  })
  void agreesWithAnArithmeticOfManyDigits(int threads, int pool, double ratio) {
    double exact = inManyDigits(threads, pool, ratio);
    assertThat(new GhostChain(threads, ratio).missRatio(pool))
        .isCloseTo(exact, within(1e-10 * exact + Double.MIN_NORMAL));
  }

  /**
   * Each level as its first element times one sequence plus another, both from the balance of one
   * state after the other: that subtracts, and loses digits by the hundred, of which it has enough.
   */
  private static double inManyDigits(int threads, int pool, double ratio) {
    MathContext digits = new MathContext(500);
    BigDecimal load = new BigDecimal(ratio);
    BigDecimal[] above = zeros(pool);
    BigDecimal missed = BigDecimal.ZERO;
    BigDecimal calls = BigDecimal.ZERO;
    BigDecimal full = BigDecimal.ONE;
    for (int g = threads - pool; g >= 0; g--) {
      if (g < threads - pool) {
        BigDecimal sum = Arrays.stream(above).reduce(BigDecimal.ZERO, BigDecimal::add);
        full =
            sum.multiply(BigDecimal.valueOf(g + 1L))
                .divide(load.multiply(BigDecimal.valueOf(threads - pool - g)), digits);
      }
      BigDecimal[] times = zeros(pool);
      BigDecimal[] plus = zeros(pool);
      times[0] = BigDecimal.ONE;
      for (int i = 0; i < pool; i++) {
        BigDecimal leaving =
            load.multiply(BigDecimal.valueOf(threads - i - g)).add(BigDecimal.valueOf(i + g));
        BigDecimal coming = load.multiply(BigDecimal.valueOf(threads - i + 1 - g));
        BigDecimal fed = above[i].multiply(BigDecimal.valueOf(g + 1L));
        BigDecimal next = BigDecimal.valueOf(i + 1L);
        times[i + 1] =
            leaving
                .multiply(times[i])
                .subtract(i == 0 ? BigDecimal.ZERO : coming.multiply(times[i - 1]))
                .divide(next, digits);
        plus[i + 1] =
            leaving
                .multiply(plus[i])
                .subtract(i == 0 ? BigDecimal.ZERO : coming.multiply(plus[i - 1]))
                .subtract(fed)
                .divide(next, digits);
      }
      BigDecimal first = full.subtract(plus[pool]).divide(times[pool], digits);
      for (int i = 0; i <= pool; i++) {
        above[i] = first.multiply(times[i]).add(plus[i]).round(digits);
        calls = calls.add(above[i].multiply(BigDecimal.valueOf(threads - i - g)));
      }
      missed = missed.add(above[pool].multiply(BigDecimal.valueOf(threads - pool - g)));
    }
    return missed.divide(calls, MathContext.DECIMAL64).doubleValue();
  }

  private static BigDecimal[] zeros(int pool) {
    BigDecimal[] zeros = new BigDecimal[pool + 1];
    Arrays.fill(zeros, BigDecimal.ZERO);
    return zeros;
  }

  @Test
  void threadsThatAreAlwaysInsideMissWhatHasNoInstance() {
    for (int threads = 2; threads <= GhostChain.MOST_THREADS; threads += 7) {
      for (int pool = 1; pool < threads; pool += 5) {
        assertThat(new GhostChain(threads, Double.POSITIVE_INFINITY).missRatio(pool))
            .isCloseTo(1 - (double) pool / threads, within(1e-9));
      }
    }
  }

  @Test
  void moreInstancesNeverMissMoreAtAnyLoad() {
    for (double ratio = 1e-70; ratio < 1e20; ratio *= 1e5) {
      double[] ratios = new GhostChain(150, ratio).missRatios(150);
      for (int pool = 1; pool < ratios.length; pool++) {
        assertThat(ratios[pool]).isBetween(0.0, ratios[pool - 1]);
      }
    }
  }
}
