package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.PlainMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What published throughput was measured on, by the way instances go. */
class PublishedDesignsTest {
  private static final int CPUS = 8;
  private static final int SHARE = 4;
  private static final int CAPACITY = CPUS * SHARE;

  private static InstancePool pool(String published, boolean inBlocks) {
    CpuContexts cpus = new CpuContexts(CPUS, PlainMemory::new);
    PoolSpec spec = new PoolSpec(CAPACITY, cpus, PlainMemory::new, LockDesigns.QUEUED);
    return PublishedDesigns.named(published, inBlocks).orElseThrow().create(spec);
  }

  private static List<Integer> pops(InstancePool pool, int cpu, int count) {
    List<Integer> all = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      all.add(pool.pop(cpu));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"fl", "flpc", "pc", "rs", "rs+", "op", "op+", "sapc", "sa", "objpool"})
  void oneCpuTakesAllInstancesAndAnotherGivesThemBack(String published) {
    InstancePool pool = pool(published, false);
    for (int round = 0; round < 3; round++) {
      List<Integer> all = pops(pool, 5, CAPACITY);
      Set<Integer> different = new HashSet<>(all);
      assertThat(different).hasSize(CAPACITY).allMatch(one -> one >= 0 && one < CAPACITY);
      assertThat(pool.pop(2)).isEqualTo(InstancePool.MISSED);
      all.forEach(instance -> pool.push(6, instance));
      assertThat(pool.free()).isEqualTo(CAPACITY);
    }
  }

  @ParameterizedTest
  @CsvSource({"flpc", "pc", "rs", "sapc"})
  void instancesAddedSinglyAreDealtByTurns(String published) {
    assertThat(pops(pool(published, false), 3, SHARE)).containsExactlyInAnyOrder(3, 11, 19, 27);
  }

  @ParameterizedTest
  @CsvSource({"flpc", "rs"})
  void instancesMadeWithTheListsAreNeighbours(String published) {
    assertThat(pops(pool(published, true), 3, SHARE)).containsExactlyInAnyOrder(12, 13, 14, 15);
  }

  @ParameterizedTest
  @CsvSource({"flpc", "pc", "sapc", "rs+"})
  void whatWasTakenFromOthersStaysWithTheCpuThatPushesIt(String published) {
    InstancePool pool = pool(published, false);
    List<Integer> taken = pops(pool, 0, 2 * SHARE);
    taken.forEach(instance -> pool.push(0, instance));
    assertThat(pool.freeLists().get(0)).containsExactlyInAnyOrderElementsOf(taken);
  }

  @Test
  void whatASmallRingHasNoPlaceForGoesToTheNext() {
    InstancePool pool = pool("rs", false);
    List<Integer> taken = pops(pool, 0, 2 * SHARE);
    taken.forEach(instance -> pool.push(0, instance));
    assertThat(pool.freeLists().get(0)).isEqualTo(taken.subList(0, SHARE));
    assertThat(pool.freeLists().get(1)).isEqualTo(taken.subList(SHARE, 2 * SHARE));
  }

  @Test
  void aRingHandsOutTheOldestAndAListTheNewest() {
    for (String published : List.of("rs", "sapc", "flpc")) {
      InstancePool pool = pool(published, false);
      List<Integer> two = pops(pool, 1, 2);
      two.forEach(instance -> pool.push(1, instance));
      boolean newest = pool.pop(1) == two.get(1);
      assertThat(newest).as(published).isEqualTo(published.equals("flpc"));
    }
  }

  @Test
  void inAStridedArrayACpuReusesThePlaceWhereItBegins() {
    InstancePool pool = pool("sa", false);
    int first = pool.pop(3);
    int second = pool.pop(3);
    pool.push(3, second);
    pool.push(3, first);
    assertThat(pops(pool, 3, 2)).containsExactly(second, first);
  }

  @Test
  void anUnknownNameIsNoDesign() {
    assertThat(PublishedDesigns.named("native", false)).isEmpty();
  }
}
