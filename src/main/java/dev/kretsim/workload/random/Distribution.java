package dev.kretsim.workload.random;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.Decimal;
import dev.kretsim.kernel.DidYouMean;
import dev.kretsim.workload.random.TwoFacts.Family;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.InverseTransformParetoSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.WeibullDistribution;

/**
 * A law for lengths of time, such as {@code lognormal(p50=80us,p99=4ms)}; a plain duration stands
 * for {@code fixed}.
 *
 * <p>Forms: {@code fixed(10ms)}, {@code uniform(min=,max=)}, {@code exponential(mean=)}, {@code
 * erlang(mean=,k=)}, {@code hyperexponential(mean=,cv2=)}, {@code gamma(mean=,shape=)}, {@code
 * lognormal(mean=,sigma=)}, {@code weibull(mean=,shape=)}, {@code pareto(mean=,shape=)}, {@code
 * empirical(FILE)} (see {@link Empirical}). Lognormal, gamma and Weibull laws are also told by any
 * two of p50, p75, p90, p95, p99, p999, mean and max, of which max is what one call in ten thousand
 * exceeds; {@code p50=80us,p99=4ms} alone means lognormal, {@code mean=2ms} exponential.
 */
public final class Distribution {
  private static final Pattern EMPIRICAL = Pattern.compile("(?i)empirical\\(\\s*(.*?)\\s*\\)");

  private static final Pattern FACT_OF_ONE = Pattern.compile("mean\\s*=[^,]*");

  private static final List<String> NAMES =
      List.of(
          "fixed",
          "uniform",
          "exponential",
          "erlang",
          "hyperexponential",
          "gamma",
          "lognormal",
          "weibull",
          "pareto",
          "empirical");

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "exp", "exponential",
          "const", "fixed",
          "constant", "fixed",
          "deterministic", "fixed",
          "always", "fixed",
          "log-normal", "lognormal",
          "log_normal", "lognormal");

  /** What the parameters are, where they are given without names. */
  private static final Map<String, List<String>> POSITIONS =
      Map.of(
          "uniform", List.of("min", "max"),
          "exponential", List.of("mean"),
          "erlang", List.of("mean", "k"));

  /** A spread of a lognormal beyond this says nothing any more: its mean is of rare values. */
  private static final double MOST_SIGMA = 10;

  /** A law: its mean, whether all values are that, and streams of values. */
  record Law(double mean, boolean fixed, Source source) {
    Law(double mean, Source source) {
      this(mean, false, source);
    }

    @FunctionalInterface
    interface Source {
      ContinuousSampler from(UniformRandomProvider random);
    }
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
   * @param text such as {@code exponential(mean=80us)} or {@code 80us}
   * @return the distribution
   * @throws BadInputException if it is neither
   */
  public static Distribution parse(String text) {
    return new Distribution(text, lawOf(text, Durations::parseNs));
  }

  /** Reads a distribution of plain numbers, such as {@code uniform(min=1,max=9)} or {@code 8}. */
  static Distribution parseNumbers(String text) {
    return new Distribution(text, lawOf(text, Distribution::plainNumber));
  }

  /**
   * {@return the law of a histogram: a bucket is drawn by its count, and a length within it evenly}
   *
   * @param text what results call it
   * @param fromNs where each bucket begins
   * @param toNs where it ends, at or above its beginning
   * @param counts how many lengths it holds, at least one in all
   */
  public static Distribution ofHistogram(
      String text, double[] fromNs, double[] toNs, long[] counts) {
    return new Distribution(text, Empirical.histogram(text, fromNs, toNs, counts));
  }

  /**
   * {@return an endless stream of lengths in whole nanoseconds, none negative}
   *
   * @param random where every random choice comes from
   */
  public LongSupplier sampler(RandomStream random) {
    ContinuousSampler sampler = law.source().from(random.numbers());
    return () -> (long) sampler.sample();
  }

  /**
   * {@return the same stream with the fractions of nanoseconds that {@link #sampler} drops}
   *
   * @param random where every random choice comes from
   */
  public Lengths exactSampler(RandomStream random) {
    return exactSampler(random.numbers());
  }

  Lengths exactSampler(UniformRandomProvider random) {
    ContinuousSampler sampler = law.source().from(random);
    return sampler instanceof Lengths ? (Lengths) sampler : sampler::sample;
  }

  /** {@return the mean, in nanoseconds} */
  public double meanNs() {
    return law.mean();
  }

  /** {@return the file that it was read from; empty if it was read from none} */
  public Optional<Path> file() {
    Matcher matcher = EMPIRICAL.matcher(text);
    return matcher.matches() ? Optional.of(FileName.of(matcher.group(1))) : Optional.empty();
  }

  /** {@return whether all lengths are the same} */
  public boolean isFixed() {
    return law.fixed();
  }

  @Override
  public String toString() {
    return text;
  }

  private static double plainNumber(String text) {
    double number = Decimal.parse(text);
    if (!(number >= 0 && number <= Integer.MAX_VALUE)) {
      throw new BadInputException("a number must be from 0 to 2147483647: " + text);
    }
    return number;
  }

  /** Whether a law is called so, exactly. */
  static boolean isName(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    return OTHER_NAMES.containsKey(name) || (NAMES.contains(name) && !name.equals("empirical"));
  }

  private static Law lawOf(String asked, ToDoubleFunction<String> unit) {
    String text = SpokenLaw.written(asked.strip());
    int open = text.indexOf('(');
    if (open < 0) {
      return text.indexOf('=') < 0
          ? fixed(alone(text, unit))
          : lawOf(
              (FACT_OF_ONE.matcher(text).matches() ? "exponential(" : "lognormal(") + text + ")",
              unit);
    }
    if (!text.endsWith(")")) {
      throw new BadInputException("a distribution ends with ')': " + text);
    }
    String said = text.substring(0, open).strip().toLowerCase(Locale.ROOT);
    String name = OTHER_NAMES.getOrDefault(said, said);
    String inside = text.substring(open + 1, text.length() - 1);
    if (name.equals("fixed")) {
      return fixed(unit.applyAsDouble(inside.strip()));
    }
    if (name.equals("empirical")) {
      return Empirical.read(inside.strip(), unit);
    }
    if (!NAMES.contains(name)) {
      throw new BadInputException(
          "unknown distribution, use fixed, uniform, exponential, erlang, hyperexponential, gamma,"
              + " lognormal, weibull, pareto or empirical(FILE): "
              + text
              + DidYouMean.hint(NAMES, name));
    }
    Parameters given = new Parameters(asked, inside, unit, POSITIONS.getOrDefault(name, List.of()));
    Law law =
        switch (name) {
          case "uniform" -> uniform(given.lengthOrZero("min"), given.length("max"), text);
          case "exponential" -> exponential(given.length("mean"));
          case "erlang" -> gamma(given.length("mean"), given.wholeNumber("k", 1_000_000));
          case "gamma" ->
              given.has("shape")
                  ? gamma(given.length("mean"), given.number("shape", 0.01, 1e6))
                  : gamma(TwoFacts.fit(Family.GAMMA, given));
          case "hyperexponential" ->
              hyperexponential(given.length("mean"), given.number("cv2", 1, 1e6));
          case "lognormal" -> lognormal(given);
          case "weibull" ->
              given.has("shape")
                  ? weibull(given.length("mean"), given.number("shape", 0.1, 1000))
                  : weibull(TwoFacts.fit(Family.WEIBULL, given));
          default -> pareto(given.length("mean"), given.number("shape", 1.01, 1000));
        };
    given.refuseRest();
    return law;
  }

  /** A text without brackets and names can only be a length. */
  private static double alone(String text, ToDoubleFunction<String> unit) {
    try {
      return unit.applyAsDouble(text);
    } catch (BadInputException none) {
      throw text.matches("[-+0-9.,eE ]+")
          ? none
          : new BadInputException(
              none.getMessage() + " (or a law such as p50=80us,p99=4ms or exponential(2ms))");
    }
  }

  private static Law fixed(double value) {
    return new Law(value, true, random -> () -> value);
  }

  private static Law uniform(double min, double max, String text) {
    if (max < min) {
      throw new BadInputException("uniform needs min <= max: " + text);
    }
    return new Law(min + (max - min) / 2, random -> () -> min + (max - min) * random.nextDouble());
  }

  private static Law exponential(double mean) {
    return new Law(mean, random -> new ExponentialLengths(random, mean));
  }

  private static Law gamma(double mean, double shape) {
    return new Law(
        mean, random -> AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, mean / shape));
  }

  /** Two exponential phases with balanced means: each carries half of the mean. */
  private static Law hyperexponential(double mean, double cv2) {
    double p = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
    return new Law(
        mean,
        random -> {
          ContinuousSampler unit = ZigguratSampler.Exponential.of(random);
          return () ->
              (random.nextDouble() < p ? mean / (2 * p) : mean / (2 * (1 - p))) * unit.sample();
        });
  }

  private static Law lognormal(Parameters given) {
    double mu;
    double sigma;
    if (given.has("sigma")) {
      sigma = given.number("sigma", 0, MOST_SIGMA);
      mu = Math.log(given.length("mean")) - sigma * sigma / 2;
    } else {
      TwoFacts.Fit fit = TwoFacts.fit(Family.LOGNORMAL, given);
      mu = Math.log(fit.scale());
      sigma = fit.spread();
      if (sigma > MOST_SIGMA) {
        throw new BadInputException("lognormal needs p50 < p99, and not 10^10 times so: " + given);
      }
    }
    return new Law(
        Math.exp(mu + sigma * sigma / 2), random -> new LogNormalLengths(random, mu, sigma));
  }

  private static Law gamma(TwoFacts.Fit fit) {
    double shape = 1 / (fit.spread() * fit.spread());
    return gamma(shape * fit.scale(), shape);
  }

  private static Law weibull(TwoFacts.Fit fit) {
    double shape = 1 / fit.spread();
    return weibull(fit.scale() * WeibullDistribution.of(shape, 1).getMean(), shape);
  }

  private static Law weibull(double mean, double shape) {
    double scale = mean / WeibullDistribution.of(shape, 1).getMean();
    return new Law(
        mean,
        random -> {
          ContinuousSampler unit = ZigguratSampler.Exponential.of(random);
          return () -> scale * Math.pow(unit.sample(), 1 / shape);
        });
  }

  private static Law pareto(double mean, double shape) {
    double scale = mean * (shape - 1) / shape;
    return new Law(mean, random -> InverseTransformParetoSampler.of(random, scale, shape));
  }
}
