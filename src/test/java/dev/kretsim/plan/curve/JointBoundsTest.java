package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

/** One mean is bounded as by Student's law, several by more, as far as they are wrong apart. */
class JointBoundsTest {
  private static final int BATCHES = 64;

  private static double[] deviations(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] deviations = new double[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
      deviations[batch] = random.nextGaussian();
    }
    return deviations;
  }

  private static double student(double confidence) {
    return TDistribution.of(BATCHES - 1.0).inverseCumulativeProbability((1 + confidence) / 2);
  }

  @Test
  void oneMeanIsBoundedAsByStudentsLaw() {
    for (double confidence : new double[] {0.5, 0.8, 0.95}) {
      assertThat(JointBounds.factor(List.of(deviations(1)), confidence))
          .isCloseTo(student(confidence), within(0.1 * student(confidence)));
    }
  }

  @Test
  void whatIsWrongTogetherNeedsNoMore() {
    double[] one = deviations(1);
    double[] twice = one.clone();
    for (int batch = 0; batch < BATCHES; batch++) {
      twice[batch] *= 2;
    }
    assertThat(JointBounds.factor(List.of(one, twice, one), 0.95))
        .isCloseTo(JointBounds.factor(List.of(one), 0.95), within(1e-9));
  }

  @Test
  void manyThatAreWrongApartNeedAsMuchAsTheLargestOfThem() {
    List<double[]> apart = new ArrayList<>();
    for (long seed = 1; seed <= 20; seed++) {
      apart.add(deviations(seed));
    }
    double each = Math.pow(0.95, 1 / 20.0);
    double normal = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + each) / 2);
    double doubt = NormalDistribution.of(0, 1).survivalProbability(normal);
    double expected = TDistribution.of(BATCHES - 1.0).inverseSurvivalProbability(doubt);
    assertThat(JointBounds.factor(apart, 0.95)).isCloseTo(expected, within(0.07 * expected));
  }
}
