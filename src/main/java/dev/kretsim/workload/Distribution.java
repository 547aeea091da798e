package dev.kretsim.workload;

import dev.kretsim.kernel.BadInputException;
import java.util.function.LongSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.InverseTransformParetoSampler;
import org.apache.commons.rng.sampling.distribution.LogNormalSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.WeibullDistribution;

/**
 * A law for lengths of time, such as {@code lognormal(p50=80us,p99=4ms)}; a plain duration stands
 * for {@code fixed}.
 *
 * <p>Forms: {@code fixed(10ms)}, {@code uniform(min=,max=)}, {@code exponential(mean=)}, {@code
 * erlang(mean=,k=)}, {@code hyperexponential(mean=,cv2=)}, {@code gamma(mean=,shape=)}, {@code
 * lognormal(mean=,sigma=)} or {@code lognormal(p50=,p99=)}, {@code weibull(mean=,shape=)}, {@code
 * pareto(mean=,shape=)}.
 */
public final class Distribution {
  /** The standard normal's 99th percentile. */
  private static final double Z99 = 2.3263478740408408;

  @FunctionalInterface
  private interface Law {
    LongSupplier from(UniformRandomProvider random);
  }

  private final String text;
  private final Law law;

  private Distribution(String text, Law law) {
    this.text = text;
    this.law = law;
  }

  /**
   * Reads a distribution or a plain duration.
   *
   * @throws BadInputException if it is neither
   */
  public static Distribution parse(String text) {
    return new Distribution(text, lawOf(text));
  }

  /** An endless stream of lengths in nanoseconds, none negative, driven by {@code random}. */
  public LongSupplier sampler(UniformRandomProvider random) {
    return law.from(random);
  }

  @Override
  public String toString() {
    return text;
  }

  private static Law lawOf(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      long ns = Durations.parseNs(text);
      return random -> () -> ns;
    }
    if (!text.endsWith(")")) {
      throw new BadInputException("a distribution ends with ')': " + text);
    }
    String name = text.substring(0, open).strip();
    String inside = text.substring(open + 1, text.length() - 1);
    if (name.equals("fixed")) {
      long ns = Durations.parseNs(inside.strip());
      return random -> () -> ns;
    }
    Parameters given = new Parameters(text, inside);
    Law law =
        switch (name) {
          case "uniform" -> uniform(given.timeOrZero("min"), given.time("max"), text);
          case "exponential" -> exponential(given.time("mean"));
          case "erlang" -> gamma(given.time("mean"), given.wholeNumber("k"));
          case "gamma" -> gamma(given.time("mean"), given.number("shape"));
          case "hyperexponential" ->
              hyperexponential(given.time("mean"), given.numberAbove("cv2", 1));
          case "lognormal" -> lognormal(given);
          case "weibull" -> weibull(given.time("mean"), given.number("shape"));
          case "pareto" -> pareto(given.time("mean"), given.numberAbove("shape", 1));
          default ->
              throw new BadInputException(
                  "unknown distribution, use fixed, uniform, exponential, erlang, hyperexponential,"
                      + " gamma, lognormal, weibull or pareto: "
                      + text);
        };
    given.refuseRest();
    return law;
  }

  private static Law uniform(double min, double max, String text) {
    if (max < min) {
      throw new BadInputException("uniform needs min <= max: " + text);
    }
    return random -> () -> (long) (min + (max - min) * random.nextDouble());
  }

  private static Law exponential(double mean) {
    return random -> of(ZigguratSampler.Exponential.of(random, mean));
  }

  private static Law gamma(double mean, double shape) {
    return random -> of(AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, mean / shape));
  }

  /** Two exponential phases with balanced means: each carries half of the mean. */
  private static Law hyperexponential(double mean, double cv2) {
    double p = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
    return random -> {
      ContinuousSampler unit = ZigguratSampler.Exponential.of(random);
      return () -> {
        double phaseMean = random.nextDouble() < p ? mean / (2 * p) : mean / (2 * (1 - p));
        return (long) (phaseMean * unit.sample());
      };
    };
  }

  private static Law lognormal(Parameters given) {
    double mu;
    double sigma;
    if (given.has("p50")) {
      mu = Math.log(given.time("p50"));
      sigma = (Math.log(given.time("p99")) - mu) / Z99;
      if (sigma <= 0) {
        throw new BadInputException("lognormal needs p50 < p99: " + given);
      }
    } else {
      sigma = given.number("sigma");
      mu = Math.log(given.time("mean")) - sigma * sigma / 2;
    }
    return random ->
        of(LogNormalSampler.of(ZigguratSampler.NormalizedGaussian.of(random), mu, sigma));
  }

  private static Law weibull(double mean, double shape) {
    double scale = mean / WeibullDistribution.of(shape, 1).getMean();
    return random -> {
      ContinuousSampler unit = ZigguratSampler.Exponential.of(random);
      return () -> (long) (scale * Math.pow(unit.sample(), 1 / shape));
    };
  }

  private static Law pareto(double mean, double shape) {
    double scale = mean * (shape - 1) / shape;
    return random -> of(InverseTransformParetoSampler.of(random, scale, shape));
  }

  private static LongSupplier of(ContinuousSampler sampler) {
    return () -> (long) sampler.sample();
  }
}
