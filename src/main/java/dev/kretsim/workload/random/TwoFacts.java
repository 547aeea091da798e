package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Gamma;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Finds the law of a family from two facts that people know: quantiles, the mean, or the longest.
 *
 * <p>The families have a scale, which a fact fixes, and a spread, which the ratio of two facts
 * fixes. Where two spreads fit, as may be with the mean and a high quantile, the smaller is meant.
 */
final class TwoFacts {
  /** Names of facts, and the share of lengths that is shorter. */
  private static final Map<String, Double> QUANTILES = quantiles();

  private static final double LEAST_SPREAD = 1e-3;
  private static final double MOST_SPREAD = 12;
  private static final double STEP = 1.02;
  private static final int BISECTIONS = 60;

  /** A law's scale and spread. */
  record Fit(double scale, double spread) {}

  /** Laws of which each is a scale times the law of scale 1 with the same spread. */
  enum Family {
    /** The spread is sigma. */
    LOGNORMAL {
      @Override
      double quantile(double share, double spread) {
        return Math.exp(spread * normal(share));
      }

      @Override
      double mean(double spread) {
        return Math.exp(spread * spread / 2);
      }
    },
    /** The spread is one over the shape. */
    WEIBULL {
      @Override
      double quantile(double share, double spread) {
        return Math.pow(-Math.log1p(-share), spread);
      }

      @Override
      double mean(double spread) {
        return Gamma.value(1 + spread);
      }
    },
    /** The spread is one over the root of the shape. */
    GAMMA {
      @Override
      double quantile(double share, double spread) {
        return GammaDistribution.of(1 / (spread * spread), 1).inverseCumulativeProbability(share);
      }

      @Override
      double mean(double spread) {
        return 1 / (spread * spread);
      }
    };

    abstract double quantile(double share, double spread);

    abstract double mean(double spread);
  }

  private TwoFacts() {}

  private static Map<String, Double> quantiles() {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("p50", 0.5);
    shares.put("median", 0.5);
    shares.put("p75", 0.75);
    shares.put("p90", 0.9);
    shares.put("p95", 0.95);
    shares.put("p99", 0.99);
    shares.put("p999", 0.999);
    shares.put("p99.9", 0.999);
    shares.put("max", 0.9999); // the longest of some thousands of calls
    return shares;
  }

  /** The facts that are given, of all that are known. */
  static List<String> given(Parameters parameters) {
    List<String> names = new ArrayList<>();
    for (String name : QUANTILES.keySet()) {
      if (parameters.has(name)) {
        names.add(name);
      }
    }
    if (parameters.has("mean")) {
      names.add("mean");
    }
    return names;
  }

  /**
   * The law, of which the facts are taken from the parameters.
   *
   * @throws BadInputException if there are not two, or no law of the family has both
   */
  static Fit fit(Family family, Parameters parameters) {
    List<String> names = given(parameters);
    if (names.size() != 2) {
      throw new BadInputException(
          "two of mean, p50, p75, p90, p95, p99, p999 and max are needed: " + parameters);
    }
    double first = parameters.length(names.get(0));
    double second = parameters.length(names.get(1));
    if (names.contains("max") && names.contains("mean") && first <= second) {
      throw new BadInputException(
          "max must be above mean (where all are alike, say fixed): " + parameters);
    }
    double spread = spread(family, names, first, second, parameters);
    return new Fit(first / fact(family, names.get(0), spread), spread);
  }

  private static double spread(
      Family family, List<String> names, double first, double second, Parameters whole) {
    if (family == Family.LOGNORMAL && !names.contains("mean")) {
      double from = normal(share(names.get(0)));
      double sigma = Math.log(second / first) / (normal(share(names.get(1))) - from);
      if (!(sigma > 0)) {
        throw impossible(names, whole);
      }
      return sigma;
    }
    double wanted = Math.log(second / first);
    DoubleUnaryOperator off =
        spread ->
            Math.log(fact(family, names.get(1), spread) / fact(family, names.get(0), spread))
                - wanted;
    double low = LEAST_SPREAD;
    double before = off.applyAsDouble(low);
    for (double high = low * STEP; high < MOST_SPREAD; low = high, high *= STEP) {
      double now = off.applyAsDouble(high);
      if (Double.isFinite(now) && before * now <= 0) {
        return bisected(off, low, high, before);
      }
      before = now;
    }
    throw impossible(names, whole);
  }

  private static double bisected(DoubleUnaryOperator off, double low, double high, double atLow) {
    double from = low;
    double to = high;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = from + (to - from) / 2;
      if (atLow * off.applyAsDouble(middle) <= 0) {
        to = middle;
      } else {
        from = middle;
      }
    }
    return to;
  }

  private static double fact(Family family, String name, double spread) {
    return name.equals("mean") ? family.mean(spread) : family.quantile(share(name), spread);
  }

  private static double share(String name) {
    return QUANTILES.getOrDefault(name, 0.5);
  }

  private static BadInputException impossible(List<String> names, Parameters whole) {
    return new BadInputException(
        "no such law has that "
            + names.get(0)
            + " and that "
            + names.get(1)
            + (names.contains("mean")
                ? " (they are too close, or farther apart than it reaches; two percentiles, such as"
                    + " p50 and p99, do better)"
                : " (is " + names.get(0) + " below " + names.get(1) + "?)")
            + ": "
            + whole);
  }

  private static double normal(double share) {
    return share == 0.5
        ? 0
        : share == 0.99
            ? 2.3263478740408408
            : NormalDistribution.of(0, 1).inverseCumulativeProbability(share);
  }
}
