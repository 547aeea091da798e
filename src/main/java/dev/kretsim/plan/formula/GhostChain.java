package dev.kretsim.plan.formula;

/**
 * The misses of so many threads that call and think by turns, where a missed call keeps its thread
 * busy as any other: a ghost in the function, which holds no instance. (Engset's formula does not
 * apply, as it lets the blocked go at once.)
 *
 * <p>Exact for exponential holds and thinks. The state is the number of tracked calls inside and
 * the number of ghosts. Ghosts are only made when all instances are taken, so each number of ghosts
 * is one tridiagonal system, fed by that of one ghost more, and they are joined by the balance
 * between them. The systems are diagonally dominant, so elimination is stable.
 */
public final class GhostChain {
  /** Above, the chain has too many states to solve for every pool. */
  public static final int MOST_THREADS = 400;

  private final int threads;

  /** Mean hold over mean think. */
  private final double ratio;

  /**
   * @param threads at least 1
   * @param holdOverThink mean hold over mean think; may be infinite
   */
  public GhostChain(int threads, double holdOverThink) {
    this.threads = threads;
    this.ratio = Math.min(holdOverThink, 1e12);
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
      solve(ghosts, full, above, level, slope, rest);
      double arriving = 0;
      for (int tracked = 0; tracked <= maxactive; tracked++) {
        arriving += level[tracked] * (threads - tracked - ghosts);
      }
      calls += arriving;
      missed += level[maxactive] * (threads - maxactive - ghosts);
      double scale = 1 / Math.max(sum(level), Double.MIN_NORMAL);
      if (scale < 1e-100 || scale > 1e100) {
        calls *= scale;
        missed *= scale;
        multiply(level, scale);
      }
      double[] swap = above;
      above = level;
      level = swap;
    }
    return missed / calls;
  }

  /**
   * The level with so many ghosts, from the one with one more and its own last element. For each
   * tracked number i below the pool's: (births + i + ghosts) p(i) = births(i-1) p(i-1) + (i+1)
   * p(i+1) + (ghosts+1) above(i), in units of the mean hold.
   */
  private void solve(
      int ghosts, double full, double[] above, double[] level, double[] slope, double[] rest) {
    int size = level.length - 1;
    // Upwards: p(i) = slope(i) p(i+1) + rest(i).
    for (int i = 0; i < size; i++) {
      double fromBelow = i == 0 ? 0 : (threads - (i - 1) - ghosts) * ratio;
      double pivot = (threads - i - ghosts) * ratio + i + ghosts;
      double own = pivot - (i == 0 ? 0 : fromBelow * slope[i - 1]);
      slope[i] = (i + 1) / own;
      rest[i] = ((ghosts + 1) * above[i] + (i == 0 ? 0 : fromBelow * rest[i - 1])) / own;
    }
    level[size] = full;
    for (int i = size - 1; i >= 0; i--) {
      level[i] = slope[i] * level[i + 1] + rest[i];
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static void multiply(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
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
