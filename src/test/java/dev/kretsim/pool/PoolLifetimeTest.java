package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.explore.Explorer;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory of a pool is released once, whoever comes last. */
class PoolLifetimeTest {
  private static final int CPUS = 2;
  private static final int SEEDS = 500;

  private int releases;

  static List<PoolUnderTest> pools() {
    return ShippedPools.all();
  }

  static Stream<Arguments> interleavingPoolsAndLifetimes() {
    return ShippedPools.interleaving().stream()
        .flatMap(pool -> LifetimeUnderTest.all().stream().map(form -> Arguments.of(pool, form)));
  }

  static List<BrokenLifetimes.Twin> brokenTwins() {
    return BrokenLifetimes.all();
  }

  private PoolLifetime withOwner(InstancePool pool) {
    return PoolLifetime.ofInstancesAndOwner(pool, RealMemory::new, () -> releases++);
  }

  private PoolLifetime withoutOwner(InstancePool pool) {
    return PoolLifetime.ofInstances(pool, RealMemory::new, () -> releases++);
  }

  private static InstancePool poolOf(int capacity) {
    return PoolDesigns.OBJPOOL.create(InstancePoolTest.specOf(capacity, CPUS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void aPoolThatNobodyHoldsAnythingOfGoesWhenItIsRetired(PoolUnderTest design) {
    InstancePool pool = design.create(5, CPUS);
    PoolLifetime lifetime = withOwner(pool);
    assertThat(lifetime.references()).isEqualTo(6);
    assertThat(lifetime.retire(1)).isTrue();
    assertThat(releases).isEqualTo(1);
    assertThat(lifetime.references()).isZero();
    assertThat(pool.free()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void oneSlowCallKeepsTheWholePool(PoolUnderTest design) {
    InstancePool pool = design.create(5, CPUS);
    PoolLifetime lifetime = withoutOwner(pool);
    assertThat(lifetime.references()).isEqualTo(5);
    pool.pop(0);
    pool.pop(1);
    assertThat(lifetime.retire(0)).isFalse();
    assertThat(lifetime.references()).isEqualTo(2);
    assertThat(lifetime.drop()).isFalse();
    assertThat(releases).isZero();
    assertThat(lifetime.drop()).isTrue();
    assertThat(releases).isEqualTo(1);
  }

  @Test
  void anOwnerWhoRetiresLastReleasesThoughNothingIsLeftToFind() {
    InstancePool pool = poolOf(1);
    PoolLifetime lifetime = withOwner(pool);
    pool.pop(0);
    assertThat(lifetime.drop()).isFalse();
    assertThat(lifetime.retire(0)).isTrue();
    assertThat(releases).isEqualTo(1);
  }

  @Test
  void whereInstancesAloneCountTheLastDropReleasesEvenBeforeRetirement() {
    InstancePool pool = poolOf(1);
    PoolLifetime lifetime = withoutOwner(pool);
    pool.pop(0);
    assertThat(lifetime.drop()).isTrue();
    assertThat(lifetime.retire(0)).isFalse();
    assertThat(releases).isEqualTo(1);
  }

  @Test
  void whatCannotBeIsRefused() {
    PoolLifetime lifetime = withOwner(poolOf(1));
    assertThat(lifetime.retire(0)).isTrue();
    assertThatThrownBy(() -> lifetime.retire(0)).hasMessage("a pool is retired once");
    assertThatThrownBy(lifetime::drop)
        .hasMessage("more references given up than there were: left=0 given up=1");
    assertThat(releases).isEqualTo(1);
  }

  @Test
  void aPoolInWhichSomethingWasPushedTwiceIsFoundOutAtRetirement() {
    InstancePool pool = poolOf(2);
    PoolLifetime lifetime = withOwner(pool);
    int taken = pool.pop(0);
    pool.push(0, taken);
    pool.push(0, taken);
    assertThatThrownBy(() -> lifetime.retire(0))
        .hasMessage("pool hands out more instances than it has: capacity=2");
    assertThat(releases).isZero();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("interleavingPoolsAndLifetimes")
  void noScheduleOfTwoCpusReleasesTwiceOrNever(PoolUnderTest design, LifetimeUnderTest form) {
    assertThat(releasesInEverySchedule(design, form)).containsExactly(1L);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTwins")
  void aBrokenTwinIsCaught(BrokenLifetimes.Twin twin) {
    PoolUnderTest design = PoolUnderTest.of("objpool", false, Objpool::new);
    assertThat(releasesInEverySchedule(design, twin.lifetime())).contains(twin.releases());
  }

  /** How often the pool was released, over all ways to have instances in flight and all turns. */
  private static Set<Long> releasesInEverySchedule(PoolUnderTest design, LifetimeUnderTest form) {
    Set<Long> seen = new HashSet<>();
    for (int capacity = 1; capacity <= 2; capacity++) {
      for (int inFlight = 0; inFlight <= capacity; inFlight++) {
        int free = capacity - inFlight;
        int dropped = inFlight;
        new Explorer(
                interleaving ->
                    new Retirement(interleaving, design, form, free, dropped, CPUS)
                        .retireAndDrop(seen::add))
            .exhaustive();
      }
    }
    return seen;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("interleavingPoolsAndLifetimes")
  void afterAGracePeriodNoPushIsLostToRetirement(PoolUnderTest design, LifetimeUnderTest form) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(unregister(design, form, true, seed)).as("seed=%d", seed).isEqualTo(1);
    }
  }

  @Test
  void withoutAGracePeriodAPushIsLostAndThePoolIsNeverReleased() {
    PoolUnderTest design = PoolUnderTest.of("objpool", false, Objpool::new);
    List<Long> releases = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      releases.add(unregister(design, LifetimeUnderTest.all().get(1), false, seed));
    }
    assertThat(releases).contains(0L, 1L);
  }

  private static long unregister(
      PoolUnderTest design, LifetimeUnderTest form, boolean grace, int seed) {
    long[] releases = new long[1];
    new Explorer(
            interleaving ->
                new Retirement(interleaving, design, form, 1 + seed % 3, 0, 2 + seed % 2)
                    .unregisterWhileCalled(grace, times -> releases[0] = times))
        .random(seed);
    return releases[0];
  }
}
