package dev.kretsim.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Holds are counted in the bins of the histogram that tells of them. */
class HoldsTest {
  @Test
  void manyHoldsAreWhatAHistogramOfEachSays() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Holds holds = new Holds();
      Histogram histogram = new Histogram(3);
      int count = 1025 + random.nextInt(5000);
      for (int i = 0; i < count; i++) {
        long holdNs = random.nextLong() >>> 1 + random.nextInt(63);
        holds.add(holdNs);
        histogram.recordValue(holdNs);
      }
      assertThat(holds.count()).as("seed %d", seed).isEqualTo(count);
      for (double share : new double[] {0, 0.001, 0.5, 0.99, 1}) {
        assertThat(holds.quantileNs(share))
            .as("seed %d share %s", seed, share)
            .isEqualTo(histogram.getValueAtPercentile(100 * share));
      }
    }
  }
}
