package dev.kretsim.benchmarks;

import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.plan.Plan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.advise.Planner;
import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A trace as text, in a file that the page cache holds, and from standard input, as {@code plan -}
 * reads it, which includes the temporary copy of it. An operation is a byte, so the score is
 * megabytes (10^6) a second. The floor counts line ends in the same bytes, in memory and eight at a
 * time. The peers read the file with a {@link BufferedReader}: one splits it into strings, the
 * other also finds the columns and the stamp in them, the least that a parser does.
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

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long SEVEN_BITS = 0x7f * LOW_BITS;

  private byte[] trace;
  private Path file;

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
  public void write() throws IOException {
    trace = text.trace(BYTES, SEED);
    file = Files.createTempFile("kretsim-benchmark-", ".trace");
    Files.write(file, trace);
    int[] passes = new int[1];
    try (TraceSource source = file()) {
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

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  private TraceSource file() {
    return TraceSource.of(file.toString(), InputStream.nullInputStream());
  }

  private TraceSource standardInput() {
    return TraceSource.of("-", new ByteArrayInputStream(trace));
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public int floor() {
    int lines = 0;
    int i = 0;
    for (; i + Long.BYTES <= trace.length; i += Long.BYTES) {
      long others = (long) WORDS.get(trace, i) ^ '\n' * LOW_BITS;
      lines += Long.bitCount(~((others & SEVEN_BITS) + SEVEN_BITS | others | SEVEN_BITS));
    }
    for (; i < trace.length; i++) {
      lines += trace[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** The calls, thrown away. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public long read() {
    return read(file());
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public long readStandardInput() {
    return read(standardInput());
  }

  private static long read(TraceSource from) {
    try (TraceSource source = from) {
      return new TraceReader(source, null).read(Counter::new).consumer().returned;
    }
  }

  /** The calls and the plan for each function. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public Plan plan() {
    return plan(file());
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public Plan planStandardInput() {
    return plan(standardInput());
  }

  private static Plan plan(TraceSource from) {
    try (TraceSource source = from) {
      return new Planner(PlanQuestion.usual()).plan(source, new TraceReader(source, null));
    }
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public long readLine() throws IOException {
    long length = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        length += line.length();
      }
    }
    return length;
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public double bufferedReader() throws IOException {
    double sum = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        sum += text.columns(line);
      }
    }
    return sum;
  }
}
