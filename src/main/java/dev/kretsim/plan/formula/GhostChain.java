package dev.kretsim.plan.formula;

/**
 * The misses of so many threads that call and think by turns, where a missed call keeps its thread
 * busy as any other: a ghost in the function, which holds no instance. (Engset's formula does not
 * apply, as it lets the blocked go at once.)
 *
 * <p>Exact for exponential holds and thinks. The state is the number of tracked calls inside and
 * the number of ghosts. Ghosts are only made when all instances are taken, so each number of ghosts
 * is one tridiagonal system, fed by that of one ghost more, and they are joined by the balance
 * between them. Nothing is ever subtracted, so no number of threads and no ratio loses digits; all
 * levels are in one scale, made smaller when one outgrows it: what is lost then is nothing beside
 * it.
 */
public final class GhostChain {
  /** Above, the chain has too many states to solve for every pool. */
  public static final int MOST_THREADS = 400;

  /** Beyond these nothing changes any more. */
  private static final double SMALLEST_RATIO = 1e-60;

  private static final double LARGEST_RATIO = 1e12;

  /** So far below the largest number that no single step from there reaches it. */
  private static final double LARGEST = 1e200;

  private final int threads;

  /** Mean hold over mean think. */
  private final double ratio;

  /**
   * @param threads at least 1
   * @param holdOverThink mean hold over mean think, at least 0; may be infinite
   */
  public GhostChain(int threads, double holdOverThink) {
    this.threads = threads;
    this.ratio = Math.max(SMALLEST_RATIO, Math.min(holdOverThink, LARGEST_RATIO));
  }

  /**
   * The share of calls missed.
   *
   * @param maxactive at least 1
   */
  public double missRatio(int maxactive) {
    if (maxactive >= threads) {
      return 0;
    }
    int most = threads - maxactive;
    double[] above = new double[maxactive + 1];
    double[] level = new double[maxactive + 1];
    double[] slope = new double[maxactive + 1];
    double[] rest = new double[maxactive + 1];
    double missed = 0;
    double calls = 0;
    double full = 1;
    for (int ghosts = most; ghosts >= 0; ghosts--) {
      if (ghosts < most) {
        // What made the ghosts above is what unmakes them.
        full = (ghosts + 1) * sum(above) / ((threads - maxactive - ghosts) * ratio);
      }
      double scale = solve(ghosts, full, above, level, slope, rest);
      calls *= scale;
      missed *= scale;
      double arriving = 0;
      for (int tracked = 0; tracked <= maxactive; tracked++) {
        arriving += level[tracked] * (threads - tracked - ghosts);
      }
      calls += arriving;
      missed += level[maxactive] * (threads - maxactive - ghosts);
      double[] swap = above;
      above = level;
      level = swap;
    }
    return missed / calls;
  }

  /**
   * The level with so many ghosts, from the one with one more and its own last element. For each
   * tracked number i below the pool's: (births(i) + i + ghosts) p(i) = births(i-1) p(i-1) + (i+1)
   * p(i+1) + (ghosts+1) above(i), in units of the mean hold.
   *
   * @return what all that was before must be multiplied by, to be in the scale of this level
   */
  private double solve(
      int ghosts, double full, double[] above, double[] level, double[] slope, double[] rest) {
    int size = level.length - 1;
    // Upwards: p(i) = slope(i) p(i+1) + rest(i). What leaves i does so upwards, or out of the level
    // by way of those below; what comes back from them has not left.
    double out = ghosts;
    double kept = 0;
    for (int i = 0; i < size; i++) {
      double up = (threads - i - ghosts) * ratio;
      double own = up + out;
      slope[i] = (i + 1) / own;
      rest[i] = ((ghosts + 1) * above[i] + kept) / own;
      kept = up * rest[i];
      out = ghosts + (i + 1) * (out / own);
    }
    double scale = 1;
    for (int i = size; i >= 0; i--) {
      level[i] = i == size ? full : slope[i] * level[i + 1] + rest[i];
      if (level[i] > LARGEST) {
        scale /= LARGEST;
        divide(level, i, size + 1);
        divide(rest, 0, i);
      }
    }
    return scale;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static void divide(double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] /= LARGEST;
    }
  }

  /** The miss ratio of each pool from 1 to {@code largest}; element <i>c</i> - 1 is that of c. */
  public double[] missRatios(int largest) {
    double[] ratios = new double[largest];
    for (int c = 1; c <= largest; c++) {
      ratios[c - 1] = missRatio(c);
    }
    return ratios;
  }
}
