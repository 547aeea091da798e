package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.workload.random.Distribution;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shape of published measurements: the freelist collapses, the objpool does not. */
class SimulationTest {
  private static final Machine XEON = Machines.of("xeon8260");

  private static Point point(PoolDesign pool, int threads, int maxactive, double work, long seed) {
    return Simulation.run(
        new Simulation.Setup(
            XEON,
            pool,
            LockDesigns.QUEUED,
            threads,
            Placement.SPREAD,
            maxactive,
            Workload.loop(work),
            seed));
  }

  private static double ops(PoolDesign pool, int threads) {
    return point(pool, threads, 384, 5, 1).opsPerSecond();
  }

  @Test
  void theFreelistGetsSlowerWithEveryThreadAsMeasured() {
    double alone = ops(PoolDesigns.FREELIST, 1);
    assertThat(ops(PoolDesigns.FREELIST, 4)).isLessThan(alone / 3);
    assertThat(ops(PoolDesigns.FREELIST, 8)).isLessThan(alone / 6);
  }

  @Test
  void theObjpoolGrowsWithItsThreads() {
    double alone = ops(PoolDesigns.OBJPOOL, 1);
    assertThat(ops(PoolDesigns.OBJPOOL, 8) / alone).isCloseTo(8, within(0.8));
    assertThat(ops(PoolDesigns.OBJPOOL, 48) / alone).isCloseTo(48, within(5.0));
  }

  @Test
  void hyperthreadsOfOneCoreAddLessThanCores() {
    double cores = ops(PoolDesigns.OBJPOOL, 48);
    assertThat(ops(PoolDesigns.OBJPOOL, 96) / cores).isBetween(1.05, 1.8);
  }

  @Test
  void theListUnderALockIsNoFasterWithMoreThreadsAndWaitsForTheLock() {
    Point eight = point(PoolDesigns.HLIST, 8, 384, 5, 1);
    assertThat(eight.opsPerSecond()).isLessThan(ops(PoolDesigns.HLIST, 1) / 2);
    assertThat(eight.lockWaitNs()).isPositive();
    assertThat(eight.stallByLine()).containsKey("lock, head");
  }

  @Test
  void instancesRunShortExactlyWhenThereAreFewerThanThreads() {
    assertThat(point(PoolDesigns.HLIST, 8, 8, 500, 1).missedRatio()).isZero();
    assertThat(point(PoolDesigns.HLIST, 8, 2, 500, 1).missedRatio()).isBetween(0.1, 0.95);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void noMoreThanAllMissWhereverInstancesAreFew(int instances) {
    for (PoolDesign pool : List.of(PoolDesigns.FREELIST, PoolDesigns.OBJPOOL, PoolDesigns.RING)) {
      Point few = point(pool, 96, instances, 0, 1);
      assertThat(few.missedRatio()).as("%s, %d", pool.name(), instances).isBetween(0.0, 1.0);
      assertThat(few.contentionMissedRatio()).isBetween(0.0, few.missedRatio());
      assertThat(few.hitsPerSecond()).isNotNegative();
    }
  }

  /** How long a round of one thread is that holds instances for 1 us at each level. */
  private static double roundUs(int bulk, boolean nested, int instances) {
    Workload workload =
        new Workload(
            0, 0, 0, Distribution.parse("1us"), bulk, nested, false, Workload.Sharing.NONE, false);
    Simulation.Setup setup =
        new Simulation.Setup(
            Machines.of("laptop2"),
            PoolDesigns.RING,
            LockDesigns.QUEUED,
            1,
            Placement.SPREAD,
            instances,
            workload,
            1);
    return 1e6 * bulk / Simulation.run(setup).opsPerSecond();
  }

  @Test
  void callsWithinCallsWorkBeforeAndAfterThem() {
    assertThat(roundUs(1, true, 8)).isEqualTo(roundUs(1, false, 8));
    assertThat(roundUs(3, false, 8)).isCloseTo(1, within(0.2));
    assertThat(roundUs(2, true, 8)).isCloseTo(3, within(0.2));
    assertThat(roundUs(3, true, 8)).isCloseTo(5, within(0.3));
    assertThat(roundUs(3, true, 1)).as("inner calls missed").isCloseTo(5, within(0.3));
  }

  @Test
  void oneThreadTakesTheTimeOfItsWork() {
    Point alone =
        Simulation.run(
            new Simulation.Setup(
                XEON,
                PoolDesigns.RING,
                LockDesigns.QUEUED,
                1,
                Placement.SPREAD,
                8,
                Workload.hits(10_000),
                1));
    assertThat(1e9 / alone.opsPerSecond()).isCloseTo(10_025, withinPercentage(0.5));
  }

  @Test
  void whereARoundTakesVeryLongOneOfThemIsMeasured() {
    Point crowd =
        Simulation.run(
            new Simulation.Setup(
                Machines.of("server1024"),
                PoolDesigns.HLIST,
                LockDesigns.TICKET,
                400,
                Placement.SPREAD,
                800,
                Workload.loop(0),
                1));
    assertThat(crowd.stalledShare()).isBetween(0.9, 1.0);
    assertThat(crowd.fairness()).isGreaterThan(0.99);
    // A thread waits for all others, and theirs are all the operations.
    assertThat(crowd.lockWaitNs() / 400).isCloseTo(1e9 / crowd.opsPerSecond(), withinPercentage(5));
  }

  @Test
  void theQueueOfALockIsNoSlowerForBeingLong() {
    double few = queuedOps(64);
    assertThat(queuedOps(512)).isCloseTo(few, withinPercentage(10));
  }

  private static double queuedOps(int threads) {
    return Simulation.run(
            new Simulation.Setup(
                Machines.of("server1024"),
                PoolDesigns.HLIST,
                LockDesigns.QUEUED,
                threads,
                Placement.SPREAD,
                1024,
                Workload.loop(0),
                1))
        .opsPerSecond();
  }

  @Test
  void whatIsMissedAsAllAreHeldIsNotLaidToContention() {
    Workload four =
        new Workload(1000, 1000, 1000, null, 4, false, false, Workload.Sharing.NONE, true);
    for (PoolDesign pool : simulatedPools()) {
      Point alone =
          Simulation.run(
              new Simulation.Setup(
                  XEON, pool, LockDesigns.QUEUED, 1, Placement.SPREAD, 2, four, 1));
      assertThat(alone.contentionMissedRatio()).as(pool.name()).isZero();
      assertThat(alone.plannedMissedRatio()).as(pool.name()).isCloseTo(0.5, within(0.01));
    }
  }

  @Test
  void whatIsMissedAsInstancesWaitForTheLockIsLaidToContention() {
    Point crowd = point(PoolDesigns.HLIST, 48, 12, 5, 1);
    assertThat(crowd.plannedMissedRatio()).isZero();
    assertThat(crowd.contentionMissedRatio()).isGreaterThan(0.1);
  }

  static List<PoolDesign> simulatedPools() {
    return PoolDesigns.shipped().stream().filter(pool -> !pool.realMemoryOnly()).toList();
  }

  @ParameterizedTest
  @MethodSource("simulatedPools")
  void theSameSeedGivesTheSamePointAndAnotherSeedAnother(PoolDesign pool) {
    assertThat(point(pool, 6, 16, 50, 9)).isEqualTo(point(pool, 6, 16, 50, 9));
    assertThat(point(pool, 6, 16, 50, 9)).isNotEqualTo(point(pool, 6, 16, 50, 10));
  }

  /** Loops tell where an operation may go on; what they leave out of the log must not matter. */
  @ParameterizedTest
  @MethodSource("simulatedPools")
  void aPoolDoesTheSameIfEveryOperationIsRunAgainFromItsStart(PoolDesign pool) {
    for (int maxactive : new int[] {3, 64}) {
      Simulation.Setup setup =
          new Simulation.Setup(
              XEON, pool, LockDesigns.TAS, 8, Placement.SPREAD, maxactive, Workload.loop(40), 3);
      assertThat(Simulation.run(setup, Interleaving.rerunningAll(), true))
          .isEqualTo(Simulation.run(setup));
    }
  }

  @Test
  void fiveSeedsAgreeWithinTwoPercent() {
    double[] speeds =
        Stream.of(1L, 2L, 3L, 4L, 5L)
            .mapToDouble(seed -> point(PoolDesigns.FREELIST, 12, 384, 200, seed).opsPerSecond())
            .sorted()
            .toArray();
    assertThat(speeds[4] / speeds[0]).isLessThan(1.02);
  }

  @Test
  void workThatDwarfsEveryTransferScales() {
    double alone = point(PoolDesigns.FREELIST, 1, 64, 50_000, 1).opsPerSecond();
    double eight = point(PoolDesigns.FREELIST, 8, 64, 50_000, 1).opsPerSecond();
    assertThat(eight / alone).isCloseTo(8, within(0.2));
  }

  @Test
  void whatTheMachineCannotRunIsRefused() {
    assertThatThrownBy(() -> ops(PoolDesigns.FREELIST, 97))
        .hasMessage("threads must be in [1, 96]: threads=97");
    assertThatThrownBy(() -> ops(PoolDesigns.MPMC, 1)).hasMessage("mpmc runs on real memory only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tas", "ticket", "queued"})
  void everyFormOfLockComesToAnEnd(String lock) {
    Point point =
        Simulation.run(
            new Simulation.Setup(
                XEON,
                PoolDesigns.HLIST,
                LockDesigns.named(lock).orElseThrow(),
                16,
                Placement.COMPACT,
                64,
                Workload.hits(300),
                1));
    assertThat(point.opsPerSecond()).isPositive();
    assertThat(point.missedRatio()).isZero();
  }

  private enum Tries {
    ONCE,
    /** Again and again, until the other has handed it over. */
    SPINNING,
    /** For a word that nobody hands over. */
    FOR_EVER
  }

  /**
   * Two CPUs that hand a word to and fro by exchanges, as core-to-core latency is measured.
   *
   * @param tries what a pop does
   */
  private record PingPong(Tries tries) implements PoolDesign {
    @Override
    public String name() {
      return "ping-pong";
    }

    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public InstancePool create(PoolSpec spec) {
      Layout layout = new Layout();
      int ball = layout.reserve("ball", 1);
      return new Table(spec.memories().create(layout), ball, tries);
    }

    private record Table(Memory memory, int ball, Tries tries) implements InstancePool {
      @Override
      public int capacity() {
        return 2;
      }

      @Override
      public int pop(int cpu) {
        int side = cpu == 0 ? 0 : 1;
        int wanted = tries == Tries.FOR_EVER ? 2 : side;
        boolean had;
        do {
          had = memory.compareAndExchange(ball, wanted, 1 - side) == wanted;
        } while (!had && tries != Tries.ONCE);
        return had ? side : MISSED;
      }

      @Override
      public void push(int cpu, int instance) {}

      @Override
      public int free() {
        return 2;
      }

      @Override
      public List<List<Integer>> freeLists() {
        return List.of(List.of(0, 1));
      }
    }
  }

  private static Point toAndFro(Tries tries, int other) {
    return Simulation.run(
        new Simulation.Setup(
            XEON,
            new PingPong(tries),
            LockDesigns.QUEUED,
            2,
            Placement.on(List.of(0, other)),
            2,
            Workload.loop(1),
            1));
  }

  private static double halfRoundTripNs(int other) {
    Point point = toAndFro(Tries.ONCE, other);
    return 1e9 / (point.opsPerSecond() * (1 - point.missedRatio()));
  }

  @Test
  void aLineGoesToAndFroAsFastAsCoreToCoreTablesSay() {
    assertThat(halfRoundTripNs(1)).isCloseTo(46.6, withinPercentage(3));
    assertThat(halfRoundTripNs(24)).isCloseTo(134.1, withinPercentage(3));
  }

  @Test
  void whoSpinsOnALineOfItsOwnGivesItToWhoAsksForIt() {
    Point point = toAndFro(Tries.SPINNING, 1);
    assertThat(point.missedRatio()).isZero();
    assertThat(1e9 / point.opsPerSecond()).isCloseTo(46.6, withinPercentage(10));
  }

  @Test
  void anOperationThatNeverEndsIsRefused() {
    assertThatThrownBy(() -> toAndFro(Tries.FOR_EVER, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("goes on for ever or starves");
  }
}
