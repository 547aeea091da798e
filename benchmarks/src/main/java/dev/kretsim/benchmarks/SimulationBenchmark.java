package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Simulation;
import dev.kretsim.scale.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Warmup;

/** What a simulated access of {@code kretsim scale} takes, on one processor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SimulationBenchmark {
  private static final int INSTANCES = 128;

  /** A pool of which CPUs hardly share anything, and those that all of them want at once. */
  @Param({"RING", "OBJPOOL", "FREELIST", "HLIST_QUEUED"})
  private String design;

  @Param({"1", "8", "32", "96"})
  private int cpus;

  private Machine machine;
  private Design pool;
  private long seed;

  @Setup
  public void machine() {
    machine = Machines.of("xeon8260");
    pool = Design.of(design);
  }

  /** How many there were: with averages, a counter is told as the time of one. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Counted {
    public long accesses;
  }

  @Benchmark
  public double point(Counted counted) {
    Point point =
        Simulation.run(
            new Simulation.Setup(
                machine,
                pool.pool(),
                pool.lock(),
                cpus,
                Placement.SPREAD,
                INSTANCES,
                Workload.loop(0),
                ++seed));
    counted.accesses += point.accesses();
    return point.opsPerSecond();
  }
}
