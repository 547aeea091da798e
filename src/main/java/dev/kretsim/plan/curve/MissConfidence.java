package dev.kretsim.plan.curve;

import dev.kretsim.plan.Interval;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Bounds the long-run miss ratio of a pool, from the calls of one trace.
 *
 * <p>Misses come in clumps, so calls must not be taken as independent. Three statements are made
 * and the widest holds:
 *
 * <ol>
 *   <li><b>Batch means.</b> The calls are cut, in order, into 32 to 63 batches of equal length,
 *       whose miss ratios are nearly independent if a batch is long against a clump; Student's t
 *       gives the range. What neighbouring batches have in common, because a clump lies across
 *       their border, is added.
 *   <li><b>Rare misses.</b> Where only few clumps were seen, a batch's ratio is far from normal. If
 *       misses come in clumps of <i>k</i>, n calls tell as much as n/k independent ones, for which
 *       the upper bound is Clopper and Pearson's. <i>k</i> is how much larger the variance of the
 *       batch means is than that of independent calls, at least 1; where fewer than {@value
 *       #ENOUGH_TO_SEE_CLUMPS} calls were missed, at least that of the largest pool that missed so
 *       many, since larger pools miss in smaller clumps.
 *   <li><b>No miss at all.</b> The same with zero clumps: -ln(1 - confidence) k/n, with the
 *       <i>k</i> of the largest pool that missed {@value #ENOUGH_TO_SEE_CLUMPS} or, failing that,
 *       one.
 * </ol>
 */
public final class MissConfidence {
  /** Fewer misses than this say little about how they clump. */
  private static final long ENOUGH_TO_SEE_CLUMPS = 100;

  private static final int FEWEST_BATCHES = 8;

  private final long calls;
  private final long[] missed;
  private final long batchLength;

  /** For each full batch, by size of the pool, the calls missed. */
  private final double[][] missedInBatch;

  private final double confidence;
  private final double clumpOfRareMisses;

  /** 0: not known yet. */
  private double student;

  /**
   * @param confidence in (0, 1)
   */
  public MissConfidence(MissCurve curve, double confidence) {
    this.calls = curve.calls();
    this.missed = curve.missedBySize();
    BatchCounts batches = curve.batches();
    this.batchLength = batches.length();
    this.missedInBatch = batches.tails(missed.length);
    this.confidence = confidence;
    this.clumpOfRareMisses = clump(largestThatMissed());
  }

  private int largestThatMissed() {
    int peak = missed.length - 1;
    for (int c = peak - 1; c > 0; c--) {
      if (missed[c] >= ENOUGH_TO_SEE_CLUMPS) {
        return c;
      }
    }
    return Math.max(0, peak - 1);
  }

  /**
   * The range of the long-run miss ratio of a pool.
   *
   * @param maxactive its size; above the peak nothing more is learned than at it
   */
  public Interval ratio(int maxactive) {
    int size = Math.min(maxactive, missed.length - 1);
    if (calls == 0) {
      return new Interval(0, 1);
    }
    double ratio = (double) missed[size] / calls;
    if (ratio == 0) {
      double high = -Math.log(1 - confidence) * clumpOfRareMisses / calls;
      return new Interval(0, Math.min(1, high));
    }
    double half = halfWidth(size);
    double high = rareMissBound(size, ratio + half);
    return new Interval(Math.max(0, ratio - half), Math.min(1, high));
  }

  /** What rare misses allow, or the other bound if that is higher. */
  private double rareMissBound(int size, double other) {
    double clump =
        missed[size] < ENOUGH_TO_SEE_CLUMPS
            ? Math.max(clump(size), clumpOfRareMisses)
            : clump(size);
    double missedClumps = missed[size] / clump;
    double otherClumps = (calls - missed[size]) / clump;
    if (otherClumps == 0 || other >= 1) {
      return 1;
    }
    BetaDistribution clumps = BetaDistribution.of(missedClumps + 1, otherClumps);
    double probability = (1 + confidence) / 2;
    // Most often the other bound is the higher, which takes no search to see.
    return clumps.cumulativeProbability(other) >= probability
        ? other
        : Math.max(other, clumps.inverseCumulativeProbability(probability));
  }

  private double halfWidth(int size) {
    return missedInBatch.length < 2 ? 1 : standardError(size) * student();
  }

  /** The quantile of Student's t for so many batches, which may take a search. */
  private double student() {
    if (student == 0) {
      student = Student.quantile(missedInBatch.length - 1, confidence);
    }
    return student;
  }

  private double standardError(int size) {
    int batches = missedInBatch.length;
    double mean = 0;
    for (double[] batch : missedInBatch) {
      mean += batch[size] / batches;
    }
    double[] deviations = new double[batches];
    for (int batch = 0; batch < batches; batch++) {
      deviations[batch] = (missedInBatch[batch][size] - mean) / batchLength;
    }
    return BatchMeans.standardError(deviations, new boolean[batches]);
  }

  private double clump(int size) {
    double ratio = calls == 0 ? 0 : (double) missed[size] / calls;
    if (missedInBatch.length < FEWEST_BATCHES || ratio <= 0 || ratio >= 1) {
      return 1;
    }
    double error = standardError(size);
    return Math.max(1, error * error / (ratio * (1 - ratio) / calls));
  }
}
