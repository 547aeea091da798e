package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockKind;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.interleave.Interleaving;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pool promises to a single CPU at a time, whatever its design and size. */
class InstancePoolTest {
  private static final int CPUS = 3;

  static Stream<Arguments> poolsAndCapacities() {
    return PoolUnderTest.all().stream()
        .flatMap(
            pool ->
                IntStream.of(1, 2, 3, 64, 1000).mapToObj(capacity -> Arguments.of(pool, capacity)));
  }

  static List<PoolUnderTest> pools() {
    return PoolUnderTest.all();
  }

  static List<PoolUnderTest> interleavingPools() {
    return PoolUnderTest.interleaving();
  }

  @ParameterizedTest(name = "{0}, capacity {1}")
  @MethodSource("poolsAndCapacities")
  void everyInstanceIsHandedOutOnceAndThenItMisses(PoolUnderTest design, int capacity) {
    InstancePool pool = design.create(capacity, CPUS);
    assertThat(pool.capacity()).isEqualTo(capacity);
    assertThat(pool.free()).isEqualTo(capacity);
    Set<Integer> handedOut = new HashSet<>();
    for (int i = 0; i < capacity; i++) {
      assertThat(handedOut.add(pool.pop(i % CPUS))).isTrue();
    }
    assertThat(handedOut).allMatch(instance -> instance >= 0 && instance < capacity);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      assertThat(pool.pop(cpu)).isEqualTo(InstancePool.MISSED);
    }
    assertThat(pool.free()).isZero();
  }

  @ParameterizedTest(name = "{0}, capacity {1}")
  @MethodSource("poolsAndCapacities")
  void theFreeListsSayWhatIsFreeAndWhatComesNext(PoolUnderTest design, int capacity) {
    InstancePool pool = design.create(capacity, CPUS);
    Random random = new Random(capacity);
    Set<Integer> held = new HashSet<>();
    for (int i = 0; i < 4 * capacity; i++) {
      int cpu = random.nextInt(CPUS);
      if (held.isEmpty() || random.nextBoolean()) {
        // A CPU looks into its own list first, then into the others in ascending order.
        List<List<Integer>> lists = pool.freeLists();
        int next = InstancePool.MISSED;
        for (int step = 0; step < lists.size() && next == InstancePool.MISSED; step++) {
          List<Integer> list = lists.get((cpu + step) % lists.size());
          next = list.isEmpty() ? InstancePool.MISSED : list.get(0);
        }
        assertThat(pool.pop(cpu)).isEqualTo(next);
        if (next != InstancePool.MISSED) {
          held.add(next);
        }
      } else {
        int back = held.iterator().next();
        held.remove(back);
        pool.push(cpu, back);
      }
      List<Integer> all = new ArrayList<>(held);
      pool.freeLists().forEach(all::addAll);
      assertThat(all).hasSize(capacity).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest(name = "{0}, capacity {1}")
  @MethodSource("poolsAndCapacities")
  void anInstanceGivenBackOnOneCpuCanBeTakenOnAnyOther(PoolUnderTest design, int capacity) {
    InstancePool pool = design.create(capacity, CPUS);
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < capacity; i++) {
      held.add(pool.pop(0));
    }
    for (int giver = 0; giver < CPUS; giver++) {
      for (int taker = 0; taker < CPUS; taker++) {
        int instance = held.remove(held.size() - 1);
        pool.push(giver, instance);
        assertThat(pool.free()).isEqualTo(1);
        assertThat(pool.pop(taker)).isEqualTo(instance);
        assertThat(pool.pop(giver)).isEqualTo(InstancePool.MISSED);
        held.add(instance);
      }
    }
  }

  @ParameterizedTest(name = "{0}, capacity {1}")
  @MethodSource("poolsAndCapacities")
  void nothingIsLostOrDoubledInALongRandomLife(PoolUnderTest design, int capacity) {
    InstancePool pool = design.create(capacity, CPUS);
    Random random = new Random(capacity);
    List<Integer> held = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      int cpu = random.nextInt(CPUS);
      if (random.nextBoolean()) {
        int instance = pool.pop(cpu);
        assertThat(instance == InstancePool.MISSED).isEqualTo(held.size() == capacity);
        if (instance != InstancePool.MISSED) {
          held.add(instance);
        }
      } else if (!held.isEmpty()) {
        pool.push(cpu, held.remove(random.nextInt(held.size())));
      }
      if (pool.free() + held.size() != capacity) {
        throw new AssertionError("instances are lost or doubled at step " + step);
      }
    }
    assertThat(new HashSet<>(held)).hasSameSizeAs(held);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interleavingPools")
  void anOperationUnwoundAndRunAgainAtEachAccessDoesTheSame(PoolUnderTest design) {
    for (int capacity : new int[] {1, 2, 3, 64}) {
      Interleaving interleaving = new Interleaving();
      InstancePool stepped = design.create(capacity, CPUS, interleaving);
      InstancePool direct = design.create(capacity, CPUS, RealMemory::new);
      Random random = new Random(capacity);
      List<Integer> held = new ArrayList<>();
      for (int step = 0; step < 400; step++) {
        int cpu = random.nextInt(CPUS);
        if (random.nextBoolean() || held.isEmpty()) {
          int expected = direct.pop(cpu);
          assertThat(steps(interleaving, () -> stepped.pop(cpu))).isEqualTo(expected);
          if (expected != InstancePool.MISSED) {
            held.add(expected);
          }
        } else {
          int instance = held.remove(random.nextInt(held.size()));
          direct.push(cpu, instance);
          steps(
              interleaving,
              () -> {
                stepped.push(cpu, instance);
                return 0;
              });
        }
        assertThat(stepped.free()).isEqualTo(direct.free());
      }
    }
  }

  private static long steps(Interleaving interleaving, LongSupplier operation) {
    Interleaving.Strand strand = interleaving.start(operation);
    while (!strand.finished()) {
      strand.step();
    }
    return strand.result();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void eachOperationLeavesInterruptsAsTheyWere(PoolUnderTest design) {
    CpuContexts cpus = new CpuContexts(CPUS, RealMemory::new);
    InstancePool pool = design.create(1, cpus, RealMemory::new);
    int taken = pool.pop(0);
    assertThat(cpus.irqsEnabled(0)).isTrue();
    pool.push(0, taken);
    assertThat(cpus.irqsEnabled(0)).isTrue();
    long irqs = cpus.saveAndDisableIrqs(0);
    pool.push(0, pool.pop(0));
    assertThat(cpus.irqsEnabled(0)).isFalse();
    cpus.restoreIrqs(0, irqs);
  }

  /** As in the kernel: by design the freelist needs no such thing, nor do our rings. */
  @Test
  void hlistAndObjpoolWorkWithInterruptsOff() {
    for (PoolUnderTest design : PoolUnderTest.interleaving()) {
      Interleaving interleaving = new Interleaving();
      CpuContexts cpus = new CpuContexts(CPUS, interleaving);
      InstancePool pool = design.create(1, cpus, interleaving);
      boolean expected = design.name().contains("hlist") || design.name().contains("objpool");
      assertThat(offAllTheWhile(cpus, interleaving.start(() -> pool.pop(0))))
          .as("%s: pop", design)
          .isEqualTo(expected);
      LongSupplier push =
          () -> {
            pool.push(0, 0);
            return 0;
          };
      assertThat(offAllTheWhile(cpus, interleaving.start(push)))
          .as("%s: push", design)
          .isEqualTo(expected);
    }
  }

  /** Saving and restoring is reading and writing, and then writing: the accesses at either end. */
  private static boolean offAllTheWhile(CpuContexts cpus, Interleaving.Strand operation) {
    operation.step();
    operation.step();
    boolean off = true;
    while (!operation.finished()) {
      off &= !cpus.irqsEnabled(0);
      operation.step();
    }
    assertThat(cpus.irqsEnabled(0)).isTrue();
    return off;
  }

  @Test
  void theListsHandOutWhatCameBackLast() {
    for (PoolUnderTest design : PoolUnderTest.all()) {
      if (design.name().contains("list")) {
        InstancePool pool = design.create(4, CPUS);
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          held.add(pool.pop(0));
        }
        assertThat(held).as(design.name()).containsExactly(3, 2, 1, 0);
        for (int cpu = 0; cpu < CPUS; cpu++) {
          pool.push(cpu, held.get(cpu));
        }
        for (int i = 2; i >= 0; i--) {
          assertThat(pool.pop(1)).as(design.name()).isEqualTo(held.get(i));
        }
      }
    }
  }

  @Test
  void objpoolSpreadsInstancesAndGivesTheRemainderToLowerCpus() {
    Objpool pool = (Objpool) PoolKind.OBJPOOL.create(specOf(7, 4));
    assertThat(IntStream.range(0, 4).map(pool::freeOn)).containsExactly(2, 2, 2, 1);
    assertThat(pool.slots()).isEqualTo(8);
    Objpool scarce = (Objpool) PoolKind.OBJPOOL.create(specOf(7, 8));
    assertThat(IntStream.range(0, 8).map(scarce::freeOn)).containsExactly(1, 1, 1, 1, 1, 1, 1, 0);
  }

  @Test
  void objpoolTakesFromItsOwnRingInOrderAndThenFromTheNextCpus() {
    Objpool pool = (Objpool) PoolKind.OBJPOOL.create(specOf(6, 3));
    assertThat(IntStream.range(0, 6).map(i -> pool.pop(1))).containsExactly(2, 3, 4, 5, 0, 1);
    pool.push(2, 5);
    pool.push(2, 0);
    assertThat(pool.freeOn(2)).isEqualTo(2);
    assertThat(pool.pop(0)).isEqualTo(5);
    assertThat(pool.pop(0)).isEqualTo(0);
  }

  static PoolSpec specOf(int capacity, int cpus) {
    return new PoolSpec(
        capacity, new CpuContexts(cpus, RealMemory::new), RealMemory::new, LockKind.QUEUED);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void anEmptyPoolIsRefusedAndSaysWhatItGot(PoolUnderTest design) {
    assertThatThrownBy(() -> design.create(0, CPUS))
        .hasMessage("capacity must be >= 1: capacity=0");
    assertThatThrownBy(() -> design.create(-1, CPUS)).hasMessageContaining("capacity=-1");
  }
}
