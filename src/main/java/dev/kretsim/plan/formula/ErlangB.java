package dev.kretsim.plan.formula;

import java.util.function.Supplier;
import org.apache.commons.numbers.fraction.GeneralizedContinuedFraction;
import org.apache.commons.numbers.fraction.GeneralizedContinuedFraction.Coefficient;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Erlang's loss formula: the share of calls that find all of <i>c</i> instances taken, if calls
 * arrive at random (Poisson). It depends on the offered load alone, not on how the holds spread.
 *
 * <p>Sources: A. K. Erlang 1917; the recursion is the standard stable one; for a size between two
 * whole numbers, D. L. Jagerman 1974, as a ratio of incomplete gamma functions.
 */
public final class ErlangB {
  /** A probability above this is known to all its digits. */
  private static final double SAFELY_ABOVE_ZERO = 1e-200;

  private static final int BISECTIONS = 200;

  private ErlangB() {}

  /**
   * The loss for each size of pool.
   *
   * @param load arrival rate times mean hold, at least 0; need not be whole
   * @param largest the largest pool asked for
   * @return element <i>c</i> is the loss with <i>c</i> instances, from 0 to {@code largest}
   */
  public static double[] losses(double load, int largest) {
    double[] losses = new double[largest + 1];
    losses[0] = 1;
    for (int c = 1; c <= largest; c++) {
      losses[c] = load * losses[c - 1] / (c + load * losses[c - 1]);
    }
    return losses;
  }

  /**
   * The loss for a size that need not be whole, in a time that hardly grows with it.
   *
   * @param size at least 0
   */
  public static double loss(double load, double size) {
    if (load == 0) {
      return size == 0 ? 1 : 0;
    }
    double upTo = RegularizedGamma.Q.value(size + 1, load);
    return upTo > SAFELY_ABOVE_ZERO
        ? Math.min(1, RegularizedGamma.P.derivative(size + 1, load) / upTo)
        : 1 / inverseLoss(load, size);
  }

  /**
   * The integral of exp(-u) (1 + u/load)^size over all u above 0, by Legendre's continued fraction,
   * which converges at once where the load is far above the size.
   */
  private static double inverseLoss(double load, double size) {
    double fraction =
        GeneralizedContinuedFraction.value(
            load - size,
            new Supplier<>() {
              private int term;

              @Override
              public Coefficient get() {
                term++;
                return Coefficient.of(term * (size + 1 - term), load - size + 2 * term);
              }
            });
    return load / fraction;
  }

  /**
   * The load at which a pool loses so many calls.
   *
   * @param size at least 1, need not be whole
   * @param loss in (0, 1)
   */
  public static double loadFor(double size, double loss) {
    double low = 0;
    double high = size / (1 - loss) + 1;
    for (int i = 0; i < BISECTIONS && high - low > 1e-12 * high; i++) {
      double middle = low + (high - low) / 2;
      if (loss(middle, size) > loss) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /**
   * The smallest pool that loses no more than this share of calls, in (0, 1); as large as an {@code
   * int} can tell where that is more.
   */
  public static int sizeFor(double load, double loss) {
    int low = 0;
    int high = 1;
    while (high < Integer.MAX_VALUE && loss(load, high) > loss) {
      low = high;
      high = (int) Math.min(Integer.MAX_VALUE, 2L * high);
    }
    while (high - low > 1) {
      int middle = low + (high - low) / 2;
      if (loss(load, middle) > loss) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * How clumped losses are: how much larger the variance of the number lost is than if calls were
   * lost independently, in the long run, for exponential holds. So n calls tell about the loss as
   * much as n divided by this many independent ones.
   *
   * <p>Source: the martingale of the loss count, by the Poisson equation of the birth-death chain.
   */
  public static double clump(double load, int size) {
    double loss = losses(load, size)[size];
    if (loss == 0 || loss == 1) {
      return 1;
    }
    // The shares of time, from the full pool down, scaled so that a full one has 1.
    double[] share = new double[size + 1];
    share[size] = 1;
    double all = 1;
    for (int i = size; i > 0; i--) {
      share[i - 1] = share[i] * i / load;
      all += share[i - 1];
    }
    double below = 0;
    double variance = 0;
    for (int i = 0; i < size; i++) {
      below += share[i];
      if (share[i] == 0) {
        continue; // far too rare to count
      }
      double step = loss * below / share[i];
      variance +=
          share[i] / all * load * square(step - loss) + share[i + 1] / all * (i + 1) * square(step);
    }
    variance += share[size] / all * load * square(1 - loss);
    return variance / (load * loss * (1 - loss));
  }

  private static double square(double value) {
    return value * value;
  }
}
