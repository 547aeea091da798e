package dev.kretsim.benchmarks;

import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.pool.InstancePool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import org.openjdk.jmh.infra.Blackhole;

/** Taking an instance, holding it for {@code holdTokens}, and giving it back; one CPU a thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class PoolBenchmark {
  @Param private Design design;

  @Param({"16", "1024"})
  private int capacity;

  @Param({"0", "50"})
  private int holdTokens;

  private final AtomicInteger cpus = new AtomicInteger();
  private InstancePool pool;

  @Setup
  public void createPool(BenchmarkParams params) {
    pool = design.create(capacity, params.getThreads());
  }

  /** The law of conservation: nobody holds an instance between two iterations. */
  @TearDown(Level.Iteration)
  public void everythingIsBack() {
    if (pool.free() != capacity) {
      throw new LawBrokenException(
          "L1 conservation: %s capacity=%d free=%d".formatted(design, capacity, pool.free()));
    }
  }

  /** One emulated CPU. A miss is cheaper than a hit: the score is nothing without both counts. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Cpu {
    public long hits;
    public long misses;
    private int id;

    @Setup
    public void join(PoolBenchmark machine) {
      id = machine.cpus.getAndIncrement();
    }
  }

  @Benchmark
  public int popAndPush(Cpu cpu) {
    int instance = pool.pop(cpu.id);
    if (instance == InstancePool.MISSED) {
      cpu.misses++;
      return instance;
    }
    cpu.hits++;
    if (holdTokens > 0) {
      Blackhole.consumeCPU(holdTokens);
    }
    pool.push(cpu.id, instance);
    return instance;
  }
}
