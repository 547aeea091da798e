package dev.kretsim.plan.curve;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many standard errors the bounds of several means must be away for all of them to hold at
 * once.
 *
 * <p>The means come from the same batches, so they are wrong together; how much so is in the
 * batches themselves. If each batch's deviation is given a sign at random, the largest of the
 * standardized sums spreads as the largest error of the means does. Source: V. Chernozhukov, D.
 * Chetverikov, K. Kato, Gaussian approximations and multiplier bootstrap for maxima of sums, 2013.
 */
final class JointBounds {
  private static final int DRAWS = 1000;

  /** The signs are the same each time, so that the same batches give the same bounds. */
  private static final long SIGNS = 1;

  private JointBounds() {}

  /**
   * The factor by which to multiply each standard error.
   *
   * @param deviations for each mean, the deviation of each batch from it; not all 0
   * @param confidence that all hold, in (0, 1)
   */
  static double factor(List<double[]> deviations, double confidence) {
    int batches = deviations.get(0).length;
    RandomGenerator random = RandomSource.SPLIT_MIX_64.create(SIGNS)::nextLong;
    double[] scales = deviations.stream().mapToDouble(JointBounds::length).toArray();
    double[] largest = new double[DRAWS];
    double[] signs = new double[batches];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int batch = 0; batch < batches; batch++) {
        signs[batch] = random.nextBoolean() ? 1 : -1;
      }
      for (int mean = 0; mean < scales.length; mean++) {
        double off = Math.abs(product(deviations.get(mean), signs)) / scales[mean];
        largest[draw] = Math.max(largest[draw], off);
      }
    }
    Arrays.sort(largest);
    double normal = largest[(int) Math.min(DRAWS - 1, Math.ceil(confidence * DRAWS))];
    double doubt = NormalDistribution.of(0, 1).survivalProbability(normal);
    return TDistribution.of(batches - 1.0).inverseSurvivalProbability(doubt);
  }

  private static double length(double[] deviations) {
    return Math.sqrt(product(deviations, deviations));
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
