package dev.kretsim.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bounds never rise with the size of the pool, and are only ever moved outwards. */
class CurvesTest {
  @Test
  void boundsNeverRiseAndNeverNarrow() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Point> curve = new ArrayList<>();
      for (int c = 1; c <= 20; c++) {
        double low = random.nextDouble();
        curve.add(new Point(c, 0, low, low, Math.min(1, low + random.nextDouble())));
      }
      List<Point> monotone = Curves.monotone(curve);
      for (int i = 0; i < curve.size(); i++) {
        assertThat(monotone.get(i).high())
            .as("seed %d", seed)
            .isGreaterThanOrEqualTo(curve.get(i).high());
        assertThat(monotone.get(i).low()).isLessThanOrEqualTo(curve.get(i).low());
        if (i > 0) {
          assertThat(monotone.get(i).high()).isLessThanOrEqualTo(monotone.get(i - 1).high());
          assertThat(monotone.get(i).low()).isLessThanOrEqualTo(monotone.get(i - 1).low());
        }
      }
    }
  }

  @Test
  void behindTheLastPointThereAreNoMissesButItsDoubt() {
    List<Point> curve = List.of(new Point(1, 5, 0.5, 0.4, 0.6), new Point(2, 0, 0, 0, 0.1));
    assertThat(Curves.at(curve, 2)).isEqualTo(curve.get(1));
    assertThat(Curves.at(curve, 9)).isEqualTo(new Point(9, 0, 0, 0, 0.1));
  }
}
