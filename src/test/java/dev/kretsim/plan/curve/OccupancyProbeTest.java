package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One look at an idle time shows what all looks in it would. */
class OccupancyProbeTest {
  private static final double EVERY_NS = 50;

  @ParameterizedTest
  @ValueSource(doubles = {51, 100, 149.5, 150, 151, 12_345, 1e6})
  void oneLookAtAnIdleTimeStandsForAllInIt(double gapNs) {
    Occupancy looked = new Occupancy();
    Occupancy passed = new Occupancy();
    OccupancyProbe looking = new OccupancyProbe(looked, 0, EVERY_NS);
    OccupancyProbe passing = new OccupancyProbe(passed, 0, EVERY_NS);
    for (int call = 1; call <= 100; call++) {
      double nextCallNs = call * gapNs;
      look(looking, passing, call % 3);
      while (looking.nextNs() <= nextCallNs) {
        looking.look(0);
      }
      if (passing.nextNs() <= nextCallNs) {
        passing.lookIdle(nextCallNs);
      }
      assertThat(passing.nextNs()).isCloseTo(looking.nextNs(), within(1e-6 * gapNs));
    }
    look(looking, passing, 1);
    assertThat(passed.mean()).isEqualTo(looked.mean());
    assertThat(passed.burstiness()).isEqualTo(looked.burstiness());
    assertThat(passed.stretches()).isEqualTo(looked.stretches());
  }

  @Test
  void timeGoesOnWhereADoubleCannotTellTwoLooksApart() {
    OccupancyProbe probe = new OccupancyProbe(new Occupancy(), 1e22, EVERY_NS);
    probe.look(1);
    assertThat(probe.nextNs()).isGreaterThan(1e22);
    double laterNs = 2e22;
    probe.lookIdle(laterNs);
    assertThat(probe.nextNs()).isGreaterThan(laterNs);
  }

  private static void look(OccupancyProbe looking, OccupancyProbe passing, int inside) {
    looking.look(inside);
    passing.look(inside);
  }
}
