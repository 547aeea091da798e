package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.simulator.HeapOfOneSize;
import dev.kretsim.benchmarks.simulator.LoadDraws;
import dev.kretsim.benchmarks.simulator.MasonOfOneSize;
import dev.kretsim.benchmarks.simulator.OneSize;
import dev.kretsim.benchmarks.simulator.QueueOfOneSize;
import dev.kretsim.benchmarks.simulator.SsjOfOneSize;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.plan.load.OpenCurve;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import umontreal.ssj.randvar.ExponentialGen;
import umontreal.ssj.randvar.LognormalGen;
import umontreal.ssj.rng.MRG32k3a;

/**
 * The misses of a described load, in nanoseconds a call: of pools of every size at once ({@code
 * wholeCurve}), and of one size, as others simulate it. The floor only draws the load. Each goes on
 * from where it was, so the pool is as full as in the long run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class PlannerBenchmark {
  private static final int CALLS = 16_384;
  private static final int BLOCK = 1024;
  private static final int CHECKED_CALLS = 300_000;
  private static final long SEED = 1;
  private static final double MEAN_HOLD_NS = 100_000;
  private static final double SIGMA = 1;

  /** Five standard errors: once in a million. */
  private static final double STANDARD_ERRORS = 5;

  /** The law of the holds. */
  public enum Hold {
    EXPONENTIAL("exponential(mean=100us)"),
    LOGNORMAL("lognormal(mean=100us,sigma=1)");

    private final String text;

    Hold(String text) {
      this.text = text;
    }
  }

  /** Calls inside on average. */
  @Param({"10", "100", "1000"})
  private int load;

  @Param private Hold hold;

  private int size;
  private OpenCurve curve;
  private OpenCurve calendar;
  private OneSize heap;
  private OneSize queue;
  private OneSize ssj;
  private OneSize ssjOurDraws;
  private OneSize mason;
  private LoadDraws draws;
  private final double[] gaps = new double[BLOCK];
  private final double[] holds = new double[BLOCK];

  @Setup
  public void begin() {
    size = (int) (load + 2 * Math.sqrt(load));
    double ratePerSecond = load * 1e9 / MEAN_HOLD_NS;
    SyntheticLoad.Open described =
        new SyntheticLoad.Open(
            Arrivals.poisson("at random", ratePerSecond), Distribution.parse(hold.text));
    draws = new LoadDraws(described, SEED);
    curve = OpenCurve.of(described, SEED);
    calendar = OpenCurve.byCalendar(described, SEED);
    heap = new HeapOfOneSize(new LoadDraws(described, SEED), size);
    queue = new QueueOfOneSize(new LoadDraws(described, SEED), size);
    mason = new MasonOfOneSize(new LoadDraws(described, SEED), size);
    LoadDraws forSsj = new LoadDraws(described, SEED);
    ssjOurDraws = new SsjOfOneSize(forSsj::gap, forSsj::hold, size);
    ssj = ssjAsShipped();
    check();
  }

  private OneSize ssjAsShipped() {
    ExponentialGen gap = new ExponentialGen(new MRG32k3a(), load / MEAN_HOLD_NS);
    if (hold == Hold.EXPONENTIAL) {
      ExponentialGen inside = new ExponentialGen(new MRG32k3a(), 1 / MEAN_HOLD_NS);
      return new SsjOfOneSize(gap::nextDouble, inside::nextDouble, size);
    }
    double mu = Math.log(MEAN_HOLD_NS) - SIGMA * SIGMA / 2;
    LognormalGen inside = new LognormalGen(new MRG32k3a(), mu, SIGMA);
    return new SsjOfOneSize(gap::nextDouble, inside::nextDouble, size);
  }

  private void check() {
    curve.play(CHECKED_CALLS);
    calendar.play(CHECKED_CALLS);
    long missed = curve.missedBySize()[size];
    equal("calendar", calendar.missedBySize()[size], missed);
    equal("heap", heap.missed(CHECKED_CALLS), missed);
    equal("queue", queue.missed(CHECKED_CALLS), missed);
    equal("SSJ", ssjOurDraws.missed(CHECKED_CALLS), missed);
    equal("MASON", mason.missed(CHECKED_CALLS), missed);
    likeErlang("ours", missed);
    likeErlang("SSJ as shipped", ssj.missed(CHECKED_CALLS));
  }

  private void equal(String who, long missed, long expected) {
    if (missed != expected) {
      throw new LawBrokenException(
          "%s: load=%d hold=%s seed=%d: %d misses, not %d"
              .formatted(who, load, hold, SEED, missed, expected));
    }
  }

  /** Erlang's formula holds whatever the law of the holds. */
  private void likeErlang(String who, long missed) {
    double blocked = 1;
    for (int c = 1; c <= size; c++) {
      blocked = load * blocked / (c + load * blocked);
    }
    double expected = blocked * CHECKED_CALLS;
    // Misses come in clumps, which grow like the root of the load.
    double error = Math.sqrt(expected * 3 * (1 + Math.sqrt(load)));
    if (Math.abs(missed - expected) > STANDARD_ERRORS * error) {
      throw new LawBrokenException(
          String.format(
              Locale.ROOT,
              "%s: load=%d hold=%s seed=%d: %d misses, %.0f by Erlang's formula",
              who,
              load,
              hold,
              SEED,
              missed,
              expected));
    }
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public double floor() {
    double sum = 0;
    for (int block = 0; block < CALLS / BLOCK; block++) {
      draws.fill(gaps, holds);
      sum += gaps[block] + holds[block];
    }
    return sum;
  }

  /** By the engine that the planner chooses. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long wholeCurve() {
    curve.play(CALLS);
    return curve.calls();
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long wholeCurveByCalendar() {
    calendar.play(CALLS);
    return calendar.calls();
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long oneSizeByHeap() {
    return heap.missed(CALLS);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long oneSizeByQueue() {
    return queue.missed(CALLS);
  }

  /** Its own generator and inversion, as its manual has it. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long oneSizeBySsj() {
    return ssj.missed(CALLS);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long oneSizeBySsjOurDraws() {
    return ssjOurDraws.missed(CALLS);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long oneSizeByMasonOurDraws() {
    return mason.missed(CALLS);
  }
}
