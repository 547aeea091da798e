package dev.kretsim.workload.random;

import dev.kretsim.kernel.BadInputException;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * When the calls of an open source come.
 *
 * <p>Forms: {@code poisson(rate=)}, {@code renewal(DIST)} (independent gaps), {@code
 * mmpp(rates=100/s:2000/s,stay=2s:100ms)} (Poisson at a rate that goes round these, staying at each
 * for exponential times of these means), {@code onoff(rate=,on=DIST,off=DIST)} (Poisson while on),
 * {@code batch(rate=,size=DIST)} (Poisson batches, of a plain number of calls at once).
 */
public final class Arrivals {
  private static final double NS_PER_SECOND = 1e9;
  private static final double LEAST_RATE = NS_PER_SECOND / (Long.MAX_VALUE / 2);
  private static final double LARGEST_BATCH = 100_000;

  /**
   * A stream of gaps. What it must remember between two gaps is in an array of the caller's, so
   * that a state of the source can be copied.
   */
  public interface Gaps {
    /**
     * Puts a state in which the source is at a random time into {@code state}.
     *
     * @param state {@link Arrivals#STATE} numbers, which the source remembers itself by
     */
    void begin(double[] state);

    /**
     * {@return the time from one call to the next, in nanoseconds; goes on from {@code state}}
     *
     * @param state {@link Arrivals#STATE} numbers, which the source remembers itself by
     */
    double next(double[] state);

    /**
     * Puts the next {@code count} gaps into the beginning of an array.
     *
     * @param state {@link Arrivals#STATE} numbers, which the source remembers itself by
     * @param into gets gaps in nanoseconds
     * @param count at most the array's length
     */
    default void fill(double[] state, double[] into, int count) {
      for (int i = 0; i < count; i++) {
        into[i] = next(state);
      }
    }
  }

  /** The length of the array that {@link Gaps} needs. */
  public static final int STATE = 2;

  @FunctionalInterface
  interface Law {
    Gaps from(UniformRandomProvider random);
  }

  private final String text;
  private final double ratePerSecond;
  private final boolean poisson;
  private final Law law;

  private Arrivals(String text, double ratePerSecond, boolean poisson, Law law) {
    this.text = text;
    this.ratePerSecond = ratePerSecond;
    this.poisson = poisson;
    this.law = law;
    if (!(ratePerSecond > 0 && ratePerSecond < Double.POSITIVE_INFINITY)) {
      throw new BadInputException("calls must come, but not all at once: " + text);
    }
    if (ratePerSecond < LEAST_RATE) {
      throw new BadInputException("calls must come at least once in 146 years: " + text);
    }
  }

  /**
   * {@return calls at random, so many a second}
   *
   * @param text what results call it
   * @param ratePerSecond how many a second, above 0
   */
  public static Arrivals poisson(String text, double ratePerSecond) {
    return new Arrivals(
        text,
        ratePerSecond,
        true,
        random -> GapLaws.poisson(random, NS_PER_SECOND / ratePerSecond));
  }

  /**
   * Reads an arrival process.
   *
   * @param text one of the forms above
   * @return the process
   * @throws BadInputException if it is none
   */
  public static Arrivals parse(String text) {
    int open = text.indexOf('(');
    if (open < 0 || !text.endsWith(")")) {
      throw unknown(text);
    }
    String inside = text.substring(open + 1, text.length() - 1);
    switch (text.substring(0, open).strip().toLowerCase(Locale.ROOT)) {
      case "renewal":
        Distribution gap = Distribution.parse(inside.strip());
        return new Arrivals(
            text, NS_PER_SECOND / gap.meanNs(), false, random -> GapLaws.renewal(random, gap));
      case "poisson":
        Parameters simple = parameters(text, inside);
        double rate = Rates.parsePerSecond(simple.text("rate"));
        simple.refuseRest();
        return poisson(text, rate);
      case "mmpp":
        return mmpp(text, parameters(text, inside));
      case "onoff":
        return onOff(text, parameters(text, inside));
      case "batch":
        return batch(text, parameters(text, inside));
      default:
        throw unknown(text);
    }
  }

  private static Parameters parameters(String text, String inside) {
    return new Parameters(text, inside, Durations::parseNs);
  }

  private static BadInputException unknown(String text) {
    return new BadInputException(
        "unknown arrivals, use poisson(rate=), renewal(DIST), mmpp(rates=,stay=),"
            + " onoff(rate=,on=,off=) or batch(rate=,size=): "
            + text);
  }

  private static Arrivals mmpp(String text, Parameters given) {
    String[] rateTexts = given.text("rates").split(":", -1);
    String[] stayTexts = given.text("stay").split(":", -1);
    given.refuseRest();
    if (rateTexts.length != stayTexts.length) {
      throw new BadInputException("mmpp needs as many stays as rates: " + text);
    }
    double[] gapNs = new double[rateTexts.length];
    double[] stayNs = new double[rateTexts.length];
    double calls = 0;
    double time = 0;
    for (int i = 0; i < rateTexts.length; i++) {
      double rate = Rates.parsePerSecond(rateTexts[i].strip());
      gapNs[i] = NS_PER_SECOND / rate;
      stayNs[i] = Durations.parseNs(stayTexts[i].strip());
      if (stayNs[i] == 0) {
        throw new BadInputException("stay must be above 0: " + text);
      }
      calls += rate * stayNs[i];
      time += stayNs[i];
    }
    return new Arrivals(text, calls / time, false, random -> GapLaws.mmpp(random, gapNs, stayNs));
  }

  private static Arrivals onOff(String text, Parameters given) {
    double rate = Rates.parsePerSecond(given.text("rate"));
    Distribution on = Distribution.parse(given.text("on"));
    Distribution off = Distribution.parse(given.text("off"));
    given.refuseRest();
    if (on.meanNs() == 0) {
      throw new BadInputException("on must be above 0: " + text);
    }
    return new Arrivals(
        text,
        rate * on.meanNs() / (on.meanNs() + off.meanNs()),
        false,
        random -> GapLaws.onOff(random, NS_PER_SECOND / rate, on, off));
  }

  private static Arrivals batch(String text, Parameters given) {
    double rate = Rates.parsePerSecond(given.text("rate"));
    Distribution size = Distribution.parseNumbers(given.text("size"));
    given.refuseRest();
    if (!(size.meanNs() >= 1 && size.meanNs() <= LARGEST_BATCH)) {
      throw new BadInputException("size must be from 1 to 100000 calls on average: " + text);
    }
    return new Arrivals(
        text,
        rate * GapLaws.meanBatch(size),
        false,
        random -> GapLaws.batch(random, NS_PER_SECOND / rate, size));
  }

  /**
   * {@return the same calls on a clock that is so many times as fast}
   *
   * @param factor above 0
   */
  public Arrivals times(double factor) {
    return factor == 1
        ? this
        : new Arrivals(
            text + " x " + factor,
            ratePerSecond * factor,
            poisson,
            random -> GapLaws.faster(law.from(random), factor));
  }

  /**
   * {@return a stream of gaps, driven by {@code random}}
   *
   * @param random where every random choice comes from
   */
  public Gaps gaps(RandomStream random) {
    return law.from(random.numbers());
  }

  /**
   * {@return how many calls come per second in the long run; for batches of random size, to about a
   * thousandth}
   */
  public double ratePerSecond() {
    return ratePerSecond;
  }

  /** {@return whether calls come independently of each other, each at a random time} */
  public boolean isPoisson() {
    return poisson;
  }

  @Override
  public String toString() {
    return text;
  }
}
