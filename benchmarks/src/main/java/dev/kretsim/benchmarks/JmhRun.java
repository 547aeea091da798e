package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.result.Score;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One fork of a cell, by JMH. */
final class JmhRun {
  private static final int WARMUPS = 6;
  private static final int ITERATIONS = 15;
  private static final TimeValue WARMUP = TimeValue.milliseconds(100);
  private static final TimeValue ITERATION = TimeValue.milliseconds(60);

  /** A pool that hangs must not stop the run. */
  private static final TimeValue TIMEOUT = TimeValue.seconds(60);

  private JmhRun() {}

  /**
   * @throws RunnerException if a benchmark breaks a law, or fails in another way
   */
  static List<Score> of(Group group, Cell cell, boolean quick) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + cell.benchmark() + "$")
            .threads(cell.threads())
            .forks(1)
            .timeout(TIMEOUT)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    cell.params().forEach((name, value) -> options.param(name, value));
    if (cell.paced()) {
      options
          .warmupIterations(quick ? 3 : WARMUPS)
          .warmupTime(WARMUP)
          .measurementIterations(quick ? 5 : ITERATIONS)
          .measurementTime(ITERATION);
    } else if (quick) {
      options.warmupIterations(2).measurementIterations(3);
    }
    Collection<RunResult> results = new org.openjdk.jmh.runner.Runner(options.build()).run();
    List<Score> scores = new ArrayList<>();
    for (RunResult result : results) {
      scores.add(score(group, result));
    }
    return scores;
  }

  private static Score score(Group group, RunResult result) {
    BenchmarkParams params = result.getParams();
    SortedMap<String, String> given = new TreeMap<>();
    for (String name : params.getParamsKeys()) {
      given.put(name, params.getParam(name));
    }
    String[] path = params.getBenchmark().split("\\.", -1);
    String benchmark = path[path.length - 2] + "." + path[path.length - 1];
    int tries = triesOf(benchmark, given, params.getThreads());
    List<List<Double>> forks = new ArrayList<>();
    double hits = 0;
    double misses = 0;
    int iterations = 0;
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      List<Double> times = new ArrayList<>();
      for (IterationResult iteration : fork.getIterationResults()) {
        double ns = nsOf(timed(iteration), params);
        double hit = counted(iteration, "hits");
        double missed = counted(iteration, "misses");
        // The counters run on while threads wait for each other: only their ratio counts.
        times.add(hit > 0 ? ns * (hit + missed) / (hit * tries) : ns);
        hits += hit;
        misses += missed;
        iterations++;
      }
      forks.add(times);
    }
    return new Score(
        group.label(),
        benchmark,
        params.getThreads(),
        given,
        forks,
        hits / iterations,
        misses / iterations);
  }

  /** A simulation is told as the time of an access, of which points have very different numbers. */
  static Result<?> timed(IterationResult iteration) {
    Result<?> accesses = iteration.getSecondaryResults().get("accesses");
    return accesses == null ? iteration.getPrimaryResult() : accesses;
  }

  /** How many instances an operation asks for. */
  private static int triesOf(String benchmark, SortedMap<String, String> params, int threads) {
    return switch (benchmark) {
      case "PoolBenchmark.bulk" -> Integer.parseInt(params.get("bulk"));
      case "PoolBenchmark.overrun" ->
          PoolBenchmark.tooMany(Integer.parseInt(params.get("capacity")), threads);
      default -> 1;
    };
  }

  private static double nsOf(Result<?> result, BenchmarkParams params) {
    double unit = TimeUnit.NANOSECONDS.convert(1, params.getTimeUnit());
    return params.getMode() == Mode.Throughput
        ? params.getThreads() * unit / result.getScore()
        : result.getScore() * unit;
  }

  private static double counted(IterationResult iteration, String name) {
    Result<?> result = iteration.getSecondaryResults().get(name);
    return result == null ? 0 : result.getScore();
  }
}
