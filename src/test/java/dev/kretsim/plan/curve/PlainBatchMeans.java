package dev.kretsim.plan.curve;

/** The standard error of a mean of batches, worked out from its definition: the tests' oracle. */
final class PlainBatchMeans {
  private PlainBatchMeans() {}

  /**
   * What neighbours have in common counts where it widens; batches of different replications are no
   * neighbours.
   *
   * @param deviations how far each batch is from the mean of all
   * @param replications equally long ones
   */
  static double error(double[] deviations, int replications) {
    int each = deviations.length / replications;
    double squares = 0;
    double neighbours = 0;
    for (int batch = 0; batch < deviations.length; batch++) {
      squares += deviations[batch] * deviations[batch];
      if (batch % each > 0) {
        neighbours += deviations[batch] * deviations[batch - 1];
      }
    }
    int batches = deviations.length;
    return Math.sqrt((squares + 2 * Math.max(0, neighbours)) / (batches * (batches - 1.0)));
  }
}
