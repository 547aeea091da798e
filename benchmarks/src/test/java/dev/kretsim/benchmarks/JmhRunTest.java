package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;

/** What is taken from an iteration that JMH has measured. */
class JmhRunTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void whereAccessesAreCountedTheTimeOfOneIsTaken() {
    IterationResult iteration = points();
    iteration.addResult(told(ResultRole.SECONDARY, "accesses", 10_000_000));
    assertThat(JmhRun.timed(iteration).getScore()).isEqualTo(100);
  }

  @Test
  void whereNoneAreTheTimeOfAnOperationIs() {
    assertThat(JmhRun.timed(points()).getScore()).isEqualTo(250_000_000);
  }

  private static IterationResult points() {
    IterationResult iteration = new IterationResult(null, null, null);
    iteration.addResult(told(ResultRole.PRIMARY, "point", 4));
    return iteration;
  }

  private static AverageTimeResult told(ResultRole role, String label, long operations) {
    return new AverageTimeResult(role, label, operations, SECOND, TimeUnit.NANOSECONDS);
  }
}
