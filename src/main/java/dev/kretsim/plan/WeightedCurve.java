package dev.kretsim.plan;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The miss ratio of each size of pool from weighted calls, with bounds.
 *
 * <p>The ratio is the missed weight over all weight. Where the law of the number inside is known
 * ({@link InsideLaw}), it is instead the missed weight over the weight of the calls that found
 * {@code c} or more inside, times the known share of those: a call that a pool of {@code c} misses
 * is always one of them, so what made them more or less frequent in this run than in the long run
 * is taken out of the ratio. The spread is taken from batches of the main trail, each with all that
 * branched off in it, so neither the clumping of misses nor that of branches narrows it; what
 * neighbouring batches have in common is added.
 *
 * <p>The bounds hold for the whole curve at once: each point is given a share of the doubt, two
 * shares for each factor e from 1 to the smallest ratio of interest. (Points within such a factor
 * are so much the same calls that they are right or wrong together; the tests see to that.)
 */
final class WeightedCurve {
  private static final double SHARES_PER_FACTOR_E = 2;

  private final double[] ratios;
  private final double[] halfWidths;

  /** Which batches have none before them that they go on from. */
  private final boolean[] firstOfReplication;

  /** What no ratio can exceed: the share of calls that find as many inside. */
  private final double[] most;

  /** No upper bound is lower: what as many calls tell of which none was missed. */
  private final double leastHigh;

  /**
   * @param indexes for each replication the calls by their index in the hunt for the lowest free
   *     two
   * @param found the same calls by how many were inside when they came
   * @param known the law of the latter, where it is known
   * @param confidence in (0, 1), for the whole curve
   * @param floor the smallest ratio of interest, in (0, 1)
   */
  WeightedCurve(
      List<BatchCounts> indexes,
      List<BatchCounts> found,
      InsideLaw known,
      double confidence,
      double floor) {
    int size = indexes.stream().mapToInt(BatchCounts::peak).max().orElse(0) + 1;
    double shares = Math.max(1, SHARES_PER_FACTOR_E * -Math.log(floor));
    double doubt = (1 - confidence) / shares;
    double[][] missed = tails(indexes, size);
    double[][] base = known.isKnown() ? tails(found, size) : missed;
    firstOfReplication = new boolean[missed.length + 1];
    int first = 0;
    for (BatchCounts counts : indexes) {
      firstOfReplication[first] = true;
      first += counts.full();
    }
    ratios = new double[size];
    halfWidths = new double[size];
    double t =
        missed.length < 2
            ? 0
            : TDistribution.of(missed.length - 1.0).inverseSurvivalProbability(doubt / 2);
    double best = 1;
    most = new double[size];
    for (int c = 0; c < size; c++) {
      int reference = known.isKnown() ? c : 0;
      double share = known.isKnown() ? known.tail(c) : 1;
      double all = column(base, reference);
      most[c] = share;
      ratios[c] = all == 0 ? 0 : share * column(missed, c) / all;
      halfWidths[c] =
          all == 0 || missed.length < 2
              ? share
              : share
                  * Math.max(
                      t * standardError(missed, c, base, reference, ratios[c] / share),
                      doubtOfFewBatches(base, reference));
      if (ratios[c] > 0 && ratios[c] < 1 && halfWidths[c] < ratios[c] / 2) {
        double spread = halfWidths[c] / Math.sqrt(ratios[c]);
        best = Math.min(best, spread * spread);
      }
    }
    leastHigh = best;
  }

  /**
   * Where not every batch has a call to judge by, those that have may all agree by chance: the rule
   * of three.
   */
  private static double doubtOfFewBatches(double[][] base, int column) {
    int telling = 0;
    for (double[] tail : base) {
      telling += tail[column] > 0 ? 1 : 0;
    }
    return telling == base.length ? 0 : 3.0 / telling;
  }

  private static double[][] tails(List<BatchCounts> replications, int size) {
    return replications.stream()
        .flatMap(counts -> Arrays.stream(counts.tails(size)))
        .toArray(double[][]::new);
  }

  private static double column(double[][] tails, int c) {
    double sum = 0;
    for (double[] tail : tails) {
      sum += tail[c];
    }
    return sum;
  }

  /**
   * The standard error of the sum of one column over the sum of another, which is {@code ratio}.
   */
  private double standardError(
      double[][] over, int column, double[][] under, int reference, double ratio) {
    int batches = over.length;
    double mean = column(under, reference) / batches;
    double squares = 0;
    double neighbours = 0;
    double before = 0;
    for (int batch = 0; batch < batches; batch++) {
      double rest = (over[batch][column] - ratio * under[batch][reference]) / mean;
      squares += rest * rest;
      neighbours += firstOfReplication[batch] ? 0 : rest * before;
      before = rest;
    }
    return Math.sqrt((squares + 2 * Math.max(0, neighbours)) / (batches - 1) / batches);
  }

  /** The largest pool of which a miss was seen, plus one. */
  int peak() {
    return ratios.length - 1;
  }

  /** The miss ratio of a pool of {@code c} up to {@link #peak}. */
  double ratio(int c) {
    return ratios[c];
  }

  /** How far off {@link #ratio} may be. */
  double halfWidth(int c) {
    return halfWidths[c];
  }

  /** The bounds of the ratio of a pool of {@code c} up to {@link #peak}. */
  Interval bounds(int c) {
    double high = Math.max(ratios[c] + halfWidths[c], leastHigh);
    return new Interval(Math.max(0, ratios[c] - halfWidths[c]), Math.min(most[c], high));
  }

  /** Whether every ratio down to {@code floor} is known to this share of itself. */
  boolean isWithin(double precision, double floor) {
    for (int c = 1; c < ratios.length; c++) {
      if (ratios[c] >= floor && halfWidths[c] > precision * ratios[c]) {
        return false;
      }
    }
    return true;
  }
}
