package dev.kretsim.scale;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.scale.Published.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts published series, each calibrated by its point at 1 thread alone; the machines' numbers
 * come from their descriptions.
 */
public final class Validation {
  private static final double NS_PER_SECOND = 1e9;

  /**
   * One number of threads.
   *
   * @param published NaN where it is not given
   * @param predicted for spread placement where threads were not pinned: a scheduler that balances
   *     load fills the sockets by turns
   * @param low the slower of compact and spread placement, {@code high} the faster
   * @param publishedMissed share of the pops that found nothing; NaN where it is not given
   * @param missed likewise, predicted
   * @param calibrated whether the point was open to calibration, so that it shows nothing
   */
  public record Prediction(
      int threads,
      double published,
      double predicted,
      double low,
      double high,
      double publishedMissed,
      double missed,
      boolean calibrated) {
    /** How far off, relative to what was published. */
    public double error() {
      return Math.abs(predicted - published) / published;
    }

    /** How far off outside of the placement band. */
    public double errorOutsideBand() {
      double nearest = Math.max(low, Math.min(high, published));
      return Math.abs(nearest - published) / published;
    }

    /** Whether it shows anything: it is given, and was not open to calibration. */
    public boolean counts() {
      return !calibrated && !Double.isNaN(published);
    }
  }

  /**
   * A predicted series.
   *
   * @param workNs what was solved from the point at 1 thread: time per operation that is not the
   *     pool's
   */
  public record Outcome(Series series, double workNs, List<Prediction> points) {
    /** Of the points that are given and were not for calibration; empty if there are none. */
    public OptionalDouble medianError() {
      return median(errors());
    }

    public OptionalDouble largestError() {
      return errors().stream().mapToDouble(Double::doubleValue).max();
    }

    /** With how many threads the most was published; empty where few points are given. */
    public OptionalInt knee() {
      return most(Prediction::published);
    }

    /** With how many of these threads the most is predicted. */
    public OptionalInt predictedKnee() {
      return most(Prediction::predicted);
    }

    private OptionalInt most(ToDoubleFunction<Prediction> speed) {
      List<Prediction> given =
          points.stream().filter(point -> !Double.isNaN(point.published())).toList();
      return given.size() < LEAST_FOR_A_KNEE
          ? OptionalInt.empty()
          : given.stream()
              .max(Comparator.comparingDouble(speed))
              .map(point -> OptionalInt.of(point.threads()))
              .orElseThrow();
    }

    List<Double> errors() {
      return points.stream().filter(Prediction::counts).map(Prediction::error).toList();
    }
  }

  /** Pairs of pools, and how many of them are predicted in the right order. */
  public record Order(int right, int pairs) {}

  private static final double DIFFERENT = 1.1;
  private static final int LEAST_FOR_A_KNEE = 5;
  private static final int ORDERS = 3;

  private final UnaryOperator<Machine> change;
  private final long seed;

  public Validation(long seed) {
    this(seed, UnaryOperator.identity());
  }

  /**
   * @param change what to do to every machine before it is used
   */
  Validation(long seed, UnaryOperator<Machine> change) {
    this.seed = seed;
    this.change = change;
  }

  /** Predicts all series, on all cores of this machine; the result does not depend on how many. */
  public List<Outcome> of(List<Series> all) {
    return all.parallelStream().map(this::predict).toList();
  }

  /** Of all points of all series that show anything. */
  public static OptionalDouble medianError(List<Outcome> outcomes) {
    List<Double> errors = new ArrayList<>();
    outcomes.forEach(outcome -> errors.addAll(outcome.errors()));
    return median(errors);
  }

  /**
   * Of all pairs of pools that did the same on the same machine with as many threads, and were
   * published as different by more than a tenth, how many are predicted in the published order.
   * Points that were open to calibration show nothing.
   */
  public static Order order(List<Outcome> outcomes) {
    int right = 0;
    int pairs = 0;
    for (Outcome one : outcomes) {
      for (Outcome other : outcomes) {
        if (one.series().machine().equals(other.series().machine())
            && one.series().workload().equals(other.series().workload())) {
          for (Prediction fast : one.points()) {
            for (Prediction slow : other.points()) {
              if (fast.threads() == slow.threads()
                  && fast.counts()
                  && slow.counts()
                  && fast.published() > DIFFERENT * slow.published()) {
                pairs++;
                right += fast.predicted() > slow.predicted() ? 1 : 0;
              }
            }
          }
        }
      }
    }
    return new Order(right, pairs);
  }

  static OptionalDouble median(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return OptionalDouble.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }

  private Outcome predict(Series series) {
    Machine machine = change.apply(Machines.of(series.machine()));
    PoolDesign pool = series.pool();
    double alone = NS_PER_SECOND / series.given().getOrDefault(1, Double.NaN);
    double work = alone;
    if (pool != null) {
      double bare = simulated(series, machine, pool, Placement.COMPACT, 1, 0, seed).opsPerSecond();
      work = Math.max(0, alone - NS_PER_SECOND / bare);
    }
    List<Prediction> points = new ArrayList<>();
    for (int threads : series.predict()) {
      points.add(point(series, machine, pool, threads, work));
    }
    return new Outcome(series, work, List.copyOf(points));
  }

  private Prediction point(
      Series series, Machine machine, @Nullable PoolDesign pool, int threads, double work) {
    int running = Math.min(threads, machine.cpus());
    double one;
    double other;
    double missed = 0;
    if (pool == null) {
      int pairs = Math.max(0, running - machine.cores());
      one = (running - 2 * pairs + 2 * pairs / machine.smtKernel()) * NS_PER_SECOND / work;
      other = one;
    } else {
      Placement usual = series.pinned() ? Placement.STEPPED : Placement.SPREAD;
      List<Point> times =
          seeds(series)
              .mapToObj(each -> simulated(series, machine, pool, usual, running, work, each))
              .toList();
      missed = mean(times, Point::missedRatio);
      // What was published counts hits, and misses apart.
      other = mean(times, Point::hitsPerSecond);
      one =
          series.pinned()
              ? other
              : simulated(series, machine, pool, Placement.COMPACT, running, work, seed)
                  .hitsPerSecond();
    }
    return new Prediction(
        threads,
        series.given().getOrDefault(threads, Double.NaN),
        other,
        Math.min(one, other),
        Math.max(one, other),
        series.missed().getOrDefault(threads, Double.NaN),
        missed,
        series.calibration().contains(threads));
  }

  /**
   * Raw loops are simulated several times: their nodes share lines, the order of the list decides
   * which threads meet in one, and it hardly changes within a run.
   */
  private LongStream seeds(Series series) {
    SplittableRandom more = new SplittableRandom(seed);
    return LongStream.iterate(seed, last -> more.nextLong()).limit(series.pinned() ? ORDERS : 1);
  }

  private static double mean(List<Point> points, ToDoubleFunction<Point> figure) {
    return points.stream().mapToDouble(figure).average().orElseThrow();
  }

  private Point simulated(
      Series series,
      Machine machine,
      PoolDesign pool,
      Placement placement,
      int threads,
      double work,
      long withSeed) {
    Workload workload = series.pinned() ? Workload.raw(series.bulk(), work) : Workload.hits(work);
    Simulation.Setup setup =
        new Simulation.Setup(
            machine,
            pool,
            LockDesigns.QUEUED,
            threads,
            placement,
            series.maxactive(),
            workload,
            withSeed);
    return Simulation.run(setup);
  }
}
