package dev.kretsim.benchmarks;

import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Planner;
import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.TraceReader;
import dev.kretsim.trace.TraceSource;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
 * A trace as text, read from standard input as {@code plan -} does, which includes the temporary
 * copy of it. An operation is a byte, so the score is megabytes (10^6) a second. The floor counts
 * line ends in the same bytes; the peer splits them into strings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class TraceBenchmark {
  private static final int BYTES = 8_000_000;
  private static final long SEED = 1;

  @Param private TraceText text;

  private byte[] trace;

  /** Counts the calls and keeps nothing. */
  private static final class Counter implements CallConsumer {
    private long entered;
    private long returned;

    @Override
    public void enter(Call call) {
      entered++;
    }

    @Override
    public void leave(Call call) {
      returned++;
    }
  }

  /** A trace that needed a second pass, or was not understood, would show another speed. */
  @Setup
  public void write() {
    trace = text.trace(BYTES, SEED);
    int[] passes = new int[1];
    try (TraceSource source = source()) {
      TraceReader.Reading<Counter> reading =
          new TraceReader(source, null)
              .read(
                  () -> {
                    passes[0]++;
                    return new Counter();
                  });
      Counter calls = reading.consumer();
      boolean whole = calls.returned > 0 && calls.entered - calls.returned < 16;
      if (passes[0] != 1 || !whole || !reading.findings().remarks().isEmpty()) {
        throw new LawBrokenException(
            "trace: %s seed=%d passes=%d entered=%d returned=%d remarks=%s"
                .formatted(
                    text,
                    SEED,
                    passes[0],
                    calls.entered,
                    calls.returned,
                    reading.findings().remarks()));
      }
    }
  }

  private TraceSource source() {
    return TraceSource.of("-", new ByteArrayInputStream(trace));
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public int floor() {
    int lines = 0;
    for (byte b : trace) {
      if (b == '\n') {
        lines++;
      }
    }
    return lines;
  }

  /** The calls, thrown away. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public long read() {
    try (TraceSource source = source()) {
      return new TraceReader(source, null).read(Counter::new).consumer().returned;
    }
  }

  /** The calls and the plan for each function. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public Plan plan() {
    try (TraceSource source = source()) {
      return new Planner(PlanQuestion.usual()).plan(source, new TraceReader(source, null));
    }
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public long readLine() throws IOException {
    long length = 0;
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(trace), StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      length += line.length();
    }
    return length;
  }
}
