package dev.kretsim.command.plan;

import dev.kretsim.console.Bounds;
import dev.kretsim.console.Progress;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.report.Quantity;
import dev.kretsim.trace.Tally;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Rates;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code plan} that describe a load. */
final class SyntheticOptions {
  private static final long MOST_CALLS = 10_000_000;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Calls come at random, so many a second: 12000/s, 12k/s, 1.2M/min.")
  private @Nullable String rate;

  @Option(
      names = "--arrivals",
      paramLabel = "PROCESS",
      description = "In place of --rate: poisson, renewal, mmpp, onoff or batch, with parameters.")
  private @Nullable String arrivals;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "So many threads call, think, and call again.")
  private @Nullable Integer threads;

  @Option(
      names = "--think",
      paramLabel = "DIST",
      description = "How long a thread thinks between calls: exponential(mean=3ms).")
  private @Nullable String think;

  @Option(
      names = "--hold",
      paramLabel = "DIST",
      description = "How long calls stay inside: lognormal(p50=80us,p99=4ms).")
  private @Nullable String hold;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "Simulate so many calls. Default: until the ratios are known to --precision.")
  private @Nullable Long calls;

  @Option(
      names = "--precision",
      paramLabel = "SHARE",
      description = "How far a bound may be from its ratio. Default: 0.08.")
  private @Nullable Double precision;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where every random choice comes from. Default: 1.")
  private @Nullable Long seed;

  /** What of the description may have been meant otherwise. */
  List<String> doubts() {
    String doubt = rate == null ? "" : Rates.doubt(rate);
    return doubt.isEmpty() ? List.of() : List.of(doubt);
  }

  /** Whether a load is described at all. */
  boolean isGiven() {
    return rate != null || arrivals != null || threads != null || think != null || hold != null;
  }

  /** The plan for the load that is described. */
  Plan plan(String function, PlanQuestion question) {
    if (hold == null) {
      throw new BadInputException(
          "--hold is missing: how long calls stay inside, such as fixed(2ms)");
    }
    return plan(
        function, question, Distribution.parse(hold.strip()), SyntheticPlanner.NOTHING_COUNTED);
  }

  /**
   * The plan for the calls that are described, if they stay inside as these holds tell.
   *
   * @param counted what the holds were counted from
   */
  Plan planWith(Distribution holds, String function, PlanQuestion question, Tally counted) {
    if (hold != null) {
      throw new BadInputException("--hold is what the FILE tells: give one of them");
    }
    return plan(function, question, holds, counted);
  }

  private Plan plan(String function, PlanQuestion question, Distribution holds, Tally counted) {
    SyntheticPlanner.Effort effort =
        new SyntheticPlanner.Effort(
            calls(), precision == null ? SyntheticPlanner.USUAL_PRECISION : checked(precision));
    SyntheticLoad load = load(holds);
    try (Progress progress = Progress.onTerminal("simulating")) {
      return new SyntheticPlanner(question, effort, progress::share)
          .plan(function, load, seed == null ? 1 : seed, counted);
    }
  }

  private SyntheticLoad load(Distribution holds) {
    int sources = (rate == null ? 0 : 1) + (arrivals == null ? 0 : 1) + (threads == null ? 0 : 1);
    boolean thinkIsDerived = rate != null && threads != null && think == null;
    if (sources != 1 && !(sources == 2 && thinkIsDerived)) {
      throw new BadInputException(
          "give one of --rate, --arrivals or --threads with --think (or with --rate): who calls,"
              + " and when");
    }
    if (threads != null) {
      if (think == null && rate == null) {
        throw new BadInputException(
            "--threads needs --think, such as exponential(mean=3ms), or --rate");
      }
      Distribution between =
          think == null
              ? derivedThink(threads, String.valueOf(rate), holds)
              : Distribution.parse(think.strip());
      return new SyntheticLoad.Closed(threads, between, holds);
    }
    if (think != null) {
      throw new BadInputException("--think goes with --threads, not with --rate or --arrivals");
    }
    Arrivals comers =
        rate != null
            ? Arrivals.poisson("rate " + rate.strip(), Rates.parsePerSecond(rate.strip()))
            : Arrivals.parse(String.valueOf(arrivals).strip());
    return new SyntheticLoad.Open(comers, holds);
  }

  /** Between two calls of a thread is what its share of the rate leaves beside the call. */
  private static Distribution derivedThink(int threads, String rate, Distribution holds) {
    double perSecond = Rates.parsePerSecond(rate.strip());
    double meanNs = threads * 1e9 / perSecond - holds.meanNs();
    if (!(meanNs >= 1)) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%d threads that stay inside for %s on average make at most %s: --rate %s needs more"
                  + " than %.0f --threads",
              threads,
              Quantity.duration((long) holds.meanNs()),
              Quantity.rate(threads * 1e9 / holds.meanNs()),
              rate.strip(),
              Math.ceil(perSecond * holds.meanNs() / 1e9)));
    }
    return Distribution.parse("exponential(mean=" + Math.round(meanNs) + "ns)");
  }

  private long calls() {
    Long wanted = calls;
    if (wanted == null) {
      return 0;
    }
    return Bounds.within("--calls", wanted, 1, MOST_CALLS);
  }

  private static double checked(double precision) {
    if (!(precision > 0 && precision < 1)) {
      throw new BadInputException("--precision must be between 0 and 1: " + precision);
    }
    return precision;
  }
}
