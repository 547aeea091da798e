package dev.kretsim.plan.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
