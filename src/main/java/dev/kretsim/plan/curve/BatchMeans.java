package dev.kretsim.plan.curve;

/**
 * How well a mean is known from batches of calls, one after the other, which are nearly independent
 * if each is long against what makes neighbouring calls alike.
 */
final class BatchMeans {
  private BatchMeans() {}

  /**
   * The standard error of a mean. What neighbouring batches have in common, because a clump lies
   * across their border, is added.
   *
   * @param deviations how far each batch is from the mean; at least two
   * @param beginsAnew for each batch, whether it goes on from none before it
   */
  static double standardError(double[] deviations, boolean[] beginsAnew) {
    int batches = deviations.length;
    double squares = 0;
    double neighbours = 0;
    for (int batch = 0; batch < batches; batch++) {
      squares += deviations[batch] * deviations[batch];
      if (batch > 0 && !beginsAnew[batch]) {
        neighbours += deviations[batch] * deviations[batch - 1];
      }
    }
    return Math.sqrt((squares + 2 * Math.max(0, neighbours)) / (batches - 1) / batches);
  }
}
