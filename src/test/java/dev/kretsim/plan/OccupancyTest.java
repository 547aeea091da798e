package dev.kretsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.FunctionPlan.Stretch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The picture of who is inside loses neither time nor peaks, however long it gets. */
class OccupancyTest {
  @Test
  void meanAndVarianceAreThoseOfTheSteps() {
    Occupancy occupancy = new Occupancy();
    occupancy.change(1_000_000_000_000L, 1);
    occupancy.change(1_000_000_000_030L, 4);
    occupancy.change(1_000_000_000_040L, 0);
    occupancy.change(1_000_000_000_060L, 0);
    double mean = (30 * 1 + 10 * 4) / 60.0;
    assertThat(occupancy.mean()).isCloseTo(mean, within(1e-12));
    assertThat(occupancy.burstiness())
        .isCloseTo(((30 * 1 + 10 * 16) / 60.0 - mean * mean) / mean, within(1e-12));
  }

  @Test
  void stretchesHoldAllTimeAndTheHighestPeak() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Occupancy occupancy = new Occupancy();
      long now = random.nextLong(1L << 50);
      int peak = 0;
      for (int i = 0; i < 3000; i++) {
        int inside = random.nextInt(1 + random.nextInt(100));
        peak = Math.max(peak, inside);
        occupancy.change(now, inside);
        now += random.nextInt(20) == 0 ? random.nextLong(1L << random.nextInt(1, 40)) : 3;
      }
      occupancy.change(now, 0);
      List<Stretch> picture = occupancy.stretches();
      assertThat(picture).hasSizeLessThanOrEqualTo(512);
      assertThat(picture.stream().mapToInt(Stretch::peak).max()).hasValue(peak);
      for (Stretch stretch : picture) {
        assertThat(stretch.mean()).as("seed %d", seed).isBetween(0.0, (double) stretch.peak());
      }
    }
  }
}
