package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.peer.Contender;
import dev.kretsim.benchmarks.peer.Contenders;
import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.benchmarks.peer.Peer;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.scale.measure.Pinned;
import java.util.List;
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

/**
 * What is asked of every contender; one CPU a thread. An operation is a round: to be compared, it
 * is divided by the hits it had, and a miss is cheaper than a hit.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
// For Agrona, which reaches for the JDK's own Unsafe.
@Fork(value = 3, jvmArgsAppend = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
public class PoolBenchmark {
  /** The method whose threads stay on their processors. */
  static final String PINNED = "popAndPushPinned";

  /** Every {@link Design} and every {@link Peer}. */
  @Param({
    "FLOOR",
    "HLIST_TAS",
    "HLIST_TICKET",
    "HLIST_QUEUED",
    "FREELIST",
    "OBJPOOL",
    "MPMC",
    "RING",
    "RING_DIRECT",
    "JDK_LINKED_QUEUE",
    "JDK_LINKED_DEQUE",
    "JDK_ARRAY_QUEUE",
    "SYNCHRONIZED_DEQUE",
    "JCTOOLS_MPMC",
    "AGRONA_MANY_TO_MANY",
    "STORMPOT",
    "STORMPOT_THREAD_TAP",
    "HIKARI_BAG",
    "COMMONS_POOL",
    "VIBUR",
    "NETTY_RECYCLER_NEVER_MISSES"
  })
  private String design;

  @Param({"16", "1024"})
  private int capacity;

  private final AtomicInteger joined = new AtomicInteger();
  private Contender contender;

  @Setup
  public void createContender(BenchmarkParams params) {
    contender = Contenders.create(design, capacity, params.getThreads());
  }

  /** The law of conservation: nobody holds an instance between two iterations. */
  @TearDown(Level.Iteration)
  public void everythingIsBack() {
    if (contender.free() != capacity) {
      throw new LawBrokenException(
          "L1 conservation: %s capacity=%d free=%d".formatted(design, capacity, contender.free()));
    }
  }

  @TearDown
  public void close() {
    contender.close();
  }

  /** What each CPU wants in an overrun: half as many again, over all, as there are instances. */
  static int tooMany(int capacity, int threads) {
    return Math.max(1, capacity * 3 / 2 / threads);
  }

  /** One emulated CPU. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Cpu {
    public long hits;
    public long misses;
    private int id;

    private int tooMany;

    @Setup
    public void join(PoolBenchmark owner, BenchmarkParams params) {
      id = owner.joined.getAndIncrement();
      tooMany = tooMany(owner.capacity, params.getThreads());
      owner.contender.join(id);
      if (params.getBenchmark().endsWith(PINNED)) {
        List<Integer> cpus = Pinned.cpus();
        Pinned.to(cpus.get(id % cpus.size()));
      }
    }

    private int count(int had, int wanted) {
      hits += had;
      misses += wanted - had;
      return had;
    }
  }

  /** How long a call holds its instance: 0 is a function that does nothing. */
  @State(Scope.Benchmark)
  public static class Hold {
    @Param({"0", "50"})
    private int holdTokens;
  }

  /** How many instances are taken before the first of them is given back. */
  @State(Scope.Benchmark)
  public static class Bulk {
    @Param({"8", "16"})
    private int bulk;
  }

  @Benchmark
  public int popAndPush(Cpu cpu, Hold hold) {
    return cpu.count(contender.takeAndGive(cpu.id, hold.holdTokens) ? 1 : 0, 1);
  }

  /**
   * The same, each thread on a processor of its own, as the scale model takes them to be: wherever
   * a system puts them, two of them take turns on one processor for a while.
   */
  @Benchmark
  public int popAndPushPinned(Cpu cpu, Hold hold) {
    return popAndPush(cpu, hold);
  }

  @Benchmark
  public int bulk(Cpu cpu, Bulk size) {
    return cpu.count(contender.takeAndGiveMany(cpu.id, size.bulk), size.bulk);
  }

  /** More instances wanted than there are. */
  @Benchmark
  public int overrun(Cpu cpu) {
    return cpu.count(contender.takeAndGiveMany(cpu.id, cpu.tooMany), cpu.tooMany);
  }
}
