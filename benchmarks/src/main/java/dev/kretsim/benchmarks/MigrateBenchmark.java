package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.peer.Design;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Instances popped on one CPU and pushed on the other, in both directions at once, as those of
 * tasks that migrate while they are inside. The floor hands over as many numbers without a pool.
 *
 * <p>To be compared, time is divided by the hits: instances that have arrived. What finds nothing
 * to do is a miss, and its time counts too. What finds no room stays on its CPU.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
@Threads(2)
public class MigrateBenchmark {
  private static final int CAPACITY = 64;

  /**
   * So few can be on their way that no CPU runs out of instances, however far it is ahead: stealing
   * is another question.
   */
  private static final int ROOM = 8;

  /** Those that ship; any other {@link Design} may be named. */
  @Param({
    "FLOOR",
    "HLIST_TAS",
    "HLIST_TICKET",
    "HLIST_QUEUED",
    "FREELIST",
    "OBJPOOL",
    "MPMC",
    "RING"
  })
  private String design;

  private final AtomicInteger joined = new AtomicInteger();
  private final long[] words = new long[(CAPACITY + 4) * 8];
  private boolean floor;
  private InstancePool pool;
  private HandOffRing[] rings;

  @Setup
  public void createPool() {
    Design wanted = Design.of(design);
    floor = wanted.isFloor();
    pool = wanted.create(CAPACITY, 2);
    rings = new HandOffRing[] {new HandOffRing(ROOM), new HandOffRing(ROOM)};
  }

  /** The law of conservation; what is still on its way is pushed first. */
  @TearDown(Level.Iteration)
  public void everythingIsBack() {
    for (int cpu = 0; cpu < 2; cpu++) {
      for (int instance = rings[cpu].poll();
          instance != HandOffRing.NOTHING;
          instance = rings[cpu].poll()) {
        if (!floor) {
          pool.push(cpu, instance);
        }
      }
    }
    if (pool.free() != CAPACITY) {
      throw new LawBrokenException(
          "L1 conservation: %s capacity=%d free=%d".formatted(design, CAPACITY, pool.free()));
    }
  }

  /** One emulated CPU. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Cpu {
    public long hits;
    public long misses;
    private int id;
    private int next;
    private HandOffRing in;
    private HandOffRing out;

    @Setup
    public void join(MigrateBenchmark owner) {
      id = owner.joined.getAndIncrement();
      in = owner.rings[id];
      out = owner.rings[1 - id];
    }
  }

  @Benchmark
  public int handOver(Cpu cpu) {
    if (floor) {
      cpu.next = (cpu.next + 1) & (CAPACITY - 1);
      cpu.out.offer(cpu.next);
    } else {
      int popped = pool.pop(cpu.id);
      if (popped != InstancePool.MISSED) {
        use(popped, cpu.id);
        if (!cpu.out.offer(popped)) {
          pool.push(cpu.id, popped);
        }
      }
    }
    int arrived = cpu.in.poll();
    if (arrived == HandOffRing.NOTHING) {
      cpu.misses++;
      return arrived;
    }
    cpu.hits++;
    if (!floor) {
      use(arrived, cpu.id);
      pool.push(cpu.id, arrived);
    }
    return arrived;
  }

  private void use(int instance, int cpu) {
    words[(instance + 2) * 8] = cpu;
  }
}
