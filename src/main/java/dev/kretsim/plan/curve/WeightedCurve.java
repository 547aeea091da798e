package dev.kretsim.plan.curve;

import dev.kretsim.plan.Interval;
import dev.kretsim.plan.formula.InsideLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
 * <p>The bounds hold at once for all points down to the smallest ratio of interest (see {@link
 * JointBounds}); a wide curve is judged by points that lie close enough together.
 */
public final class WeightedCurve {
  /** Neighbours closer than this are right or wrong together. */
  private static final double CLOSE = 0.9;

  private final double[] ratios;
  private final double[] halfWidths;

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
  public WeightedCurve(
      List<BatchCounts> indexes,
      List<BatchCounts> found,
      InsideLaw known,
      double confidence,
      double floor) {
    int size = indexes.stream().mapToInt(BatchCounts::peak).max().orElse(0) + 1;
    double[][] missed = tails(indexes, size);
    double[][] base = known.isKnown() ? tails(found, size) : missed;
    boolean[] firstOfReplication = new boolean[missed.length + 1];
    int first = 0;
    for (BatchCounts counts : indexes) {
      firstOfReplication[first] = true;
      first += counts.full();
    }
    ratios = new double[size];
    halfWidths = new double[size];
    most = new double[size];
    double[] errors = new double[size];
    List<double[]> judged = new ArrayList<>();
    double lastJudged = 1;
    for (int c = 0; c < size; c++) {
      int reference = known.isKnown() ? c : 0;
      most[c] = known.isKnown() ? known.tail(c) : 1;
      double all = column(base, reference);
      ratios[c] = all == 0 ? 0 : most[c] * column(missed, c) / all;
      if (all > 0 && missed.length > 1) {
        double[] deviations = deviations(missed, c, base, reference, ratios[c] / most[c]);
        errors[c] = most[c] * BatchMeans.standardError(deviations, firstOfReplication);
        if (errors[c] > 0 && ratios[c] >= floor && ratios[c] <= CLOSE * lastJudged) {
          judged.add(deviations);
          lastJudged = ratios[c];
        }
      }
    }
    double factor = judged.isEmpty() ? 0 : JointBounds.factor(judged, confidence);
    double best = 1;
    for (int c = 0; c < size; c++) {
      int reference = known.isKnown() ? c : 0;
      halfWidths[c] =
          missed.length < 2 || column(base, reference) == 0
              ? most[c]
              : Math.max(factor * errors[c], most[c] * doubtOfFewBatches(base, reference));
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
   * For each batch, how far it is from what the sum of one column over the sum of another, which is
   * {@code ratio}, makes of it.
   */
  private static double[] deviations(
      double[][] over, int column, double[][] under, int reference, double ratio) {
    double mean = column(under, reference) / over.length;
    double[] deviations = new double[over.length];
    for (int batch = 0; batch < over.length; batch++) {
      deviations[batch] = (over[batch][column] - ratio * under[batch][reference]) / mean;
    }
    return deviations;
  }

  /** The largest pool of which a miss was seen, plus one. */
  public int peak() {
    return ratios.length - 1;
  }

  /** The miss ratio of a pool of {@code c} up to {@link #peak}. */
  public double ratio(int c) {
    return ratios[c];
  }

  /** How far off {@link #ratio} may be. */
  double halfWidth(int c) {
    return halfWidths[c];
  }

  /** The bounds of the ratio of a pool of {@code c} up to {@link #peak}. */
  public Interval bounds(int c) {
    double high = Math.max(ratios[c] + halfWidths[c], leastHigh);
    return new Interval(Math.max(0, ratios[c] - halfWidths[c]), Math.min(most[c], high));
  }

  /** Whether every ratio down to {@code floor} is known to this share of itself. */
  public boolean isWithin(double precision, double floor) {
    for (int c = 1; c < ratios.length; c++) {
      if (ratios[c] >= floor && halfWidths[c] > precision * ratios[c]) {
        return false;
      }
    }
    return true;
  }
}
