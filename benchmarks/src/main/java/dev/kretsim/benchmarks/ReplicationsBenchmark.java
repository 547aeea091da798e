package dev.kretsim.benchmarks;

import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.SyntheticPlanner;
import dev.kretsim.plan.load.SyntheticLoad;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The plan for a described load, in nanoseconds a call of its main trails: what one processor takes
 * and what two take. Both come to the same plan.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 12, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ReplicationsBenchmark {
  private static final int CALLS = 400_000;
  private static final long SEED = 1;

  // One processor alone would choose another collector.
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  private final SyntheticLoad load =
      new SyntheticLoad.Open(
          Arrivals.poisson("at random", 100_000), Distribution.parse("exponential(mean=1ms)"));
  private final SyntheticPlanner planner =
      new SyntheticPlanner(
          PlanQuestion.usual(),
          new SyntheticPlanner.Effort(CALLS, SyntheticPlanner.USUAL_PRECISION),
          share -> {});

  @Benchmark
  @OperationsPerInvocation(CALLS)
  @Fork(
      value = 3,
      jvmArgsAppend = {COLLECTOR, "-XX:ActiveProcessorCount=1"})
  public Plan onOneProcessor() {
    return planner.plan("f", load, SEED);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  @Fork(
      value = 3,
      jvmArgsAppend = {COLLECTOR, "-XX:ActiveProcessorCount=2"})
  public Plan onTwoProcessors() {
    return planner.plan("f", load, SEED);
  }
}
