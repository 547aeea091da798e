package dev.kretsim.plan.formula;

import java.util.Objects;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How many a call finds inside, in the long run. The pool has no say in it, as a missed call stays
 * inside too.
 *
 * <p>If calls come at random the number is Poisson, whatever the holds (an infinite-server queue,
 * M/G/infinity); if so many threads call and think by turns, each call finds the others where they
 * happen to be, so it is binomial. For other arrivals it is not known.
 */
public final class InsideLaw {
  private final @Nullable DiscreteDistribution law;

  private InsideLaw(@Nullable DiscreteDistribution law) {
    this.law = law;
  }

  public static InsideLaw unknown() {
    return new InsideLaw(null);
  }

  public static InsideLaw poisson(double load) {
    return load > 0 ? new InsideLaw(PoissonDistribution.of(load)) : unknown();
  }

  public static InsideLaw binomial(int others, double shareOfTimeInside) {
    return new InsideLaw(BinomialDistribution.of(others, shareOfTimeInside));
  }

  public boolean isKnown() {
    return law != null;
  }

  /** The share of calls that find {@code c} or more inside; NaN if unknown. */
  public double tail(int c) {
    return law == null ? Double.NaN : c == 0 ? 1 : law.survivalProbability(c - 1);
  }

  /** The smallest {@code c} such that no more than this share of calls finds so many inside. */
  public int least(double share) {
    DiscreteDistribution known = Objects.requireNonNull(law);
    return known.inverseSurvivalProbability(share) + 1;
  }
}
