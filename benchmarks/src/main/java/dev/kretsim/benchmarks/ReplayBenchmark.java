package dev.kretsim.benchmarks;

import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.plan.curve.MissCurve;
import java.util.PriorityQueue;
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

/**
 * The misses of a pool of every size, in nanoseconds a call; beside them those of one size, as a
 * simulation with a priority queue finds them, and the floor, which only reads the log.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ReplayBenchmark {
  private static final int CALLS = 100_000;
  private static final long SEED = 1;

  /** Calls inside on average; the pool of one size has as many instances. */
  @Param({"4", "64"})
  private int load;

  private CallLog log;

  @Setup
  public void makeCalls() {
    log = new CallLog(CALLS, load, SEED);
    long queued = onePoint();
    if (wholeCurve()[load] != queued || wholeCurveByQueue()[load] != queued) {
      throw new LawBrokenException(
          "miss curve: load=%d seed=%d: another count than by simulation, %d"
              .formatted(load, SEED, queued));
    }
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long floor() {
    long sum = 0;
    for (int call = 0; call < CALLS; call++) {
      sum += log.entryNs[call] ^ log.holdNs[call];
    }
    return sum;
  }

  /** From entries and returns in time order, as a trace has them. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long[] wholeCurve() {
    MissCurve curve = new MissCurve();
    int[] indexes = new int[CALLS];
    for (int event : log.merged) {
      if (event >= 0) {
        indexes[event] = curve.enter();
      } else {
        curve.leave(indexes[~event]);
      }
    }
    return curve.missedBySize();
  }

  /** From the calls alone, like {@link #onePoint}: its queue finds the returns. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long[] wholeCurveByQueue() {
    MissCurve curve = new MissCurve();
    int[] indexes = new int[CALLS];
    PriorityQueue<Long> departures = new PriorityQueue<>();
    for (int call = 0; call < CALLS; call++) {
      long now = log.entryNs[call];
      for (Long first = departures.peek();
          first != null && first / CALLS <= now;
          first = departures.peek()) {
        departures.remove();
        curve.leave(indexes[(int) (first % CALLS)]);
      }
      indexes[call] = curve.enter();
      departures.add((now + log.holdNs[call]) * CALLS + call);
    }
    return curve.missedBySize();
  }

  /** The misses of {@link #load} instances. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long onePoint() {
    long missed = 0;
    PriorityQueue<Long> departures = new PriorityQueue<>();
    for (int call = 0; call < CALLS; call++) {
      long now = log.entryNs[call];
      for (Long first = departures.peek();
          first != null && first <= now;
          first = departures.peek()) {
        departures.remove();
      }
      if (departures.size() < load) {
        departures.add(now + log.holdNs[call]);
      } else {
        missed++;
      }
    }
    return missed;
  }
}
