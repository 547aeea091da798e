package dev.kretsim.benchmarks;

import dev.kretsim.kernel.LawBrokenException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** A section of four words under each lock; one CPU a thread, interrupts off as in the kernel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class LockBenchmark {
  @Param private Guard guard;

  private final List<Cpu> cpus = new ArrayList<>();
  private Guard.Section section;

  @Setup
  public void create(BenchmarkParams params) {
    section = guard.create(params.getThreads());
  }

  /** Nobody was inside together with another. */
  @TearDown
  public void allWereInside() {
    long entered = cpus.stream().mapToLong(cpu -> cpu.entered).sum();
    if (section.entered() != entered) {
      throw new LawBrokenException(
          "mutual exclusion: %s entered=%d counted=%d"
              .formatted(guard, entered, section.entered()));
    }
  }

  /** One emulated CPU. */
  @State(Scope.Thread)
  public static class Cpu {
    private int id;
    private long entered;

    @Setup
    public void join(LockBenchmark owner) {
      synchronized (owner.cpus) {
        id = owner.cpus.size();
        owner.cpus.add(this);
      }
    }
  }

  @Benchmark
  public void section(Cpu cpu) {
    section.enter(cpu.id);
    cpu.entered++;
  }
}
