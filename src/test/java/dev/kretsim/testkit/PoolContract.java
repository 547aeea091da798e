package dev.kretsim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every pool promises to a single CPU at a time, whatever its design and size. To put a design
 * of your own to it, extend this and name it:
 *
 * <pre>{@code
 * class MyPoolTest extends PoolContract {
 *   @Override
 *   protected List<PoolDesign> designs() {
 *     return List.of(new MyPoolDesign());
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PoolContract {
  private static final int CPUS = 3;

  /** The designs that are put to the test. */
  protected abstract List<PoolDesign> designs();

  /** The pools made by them: each under every lock, where it has one. */
  protected List<PoolUnderTest> pools() {
    return designs().stream().flatMap(one -> PoolUnderTest.formsOf(one).stream()).toList();
  }

  final Stream<Arguments> poolsAndCapacities() {
    return pools().stream()
        .flatMap(
            pool ->
                IntStream.of(1, 2, 3, 64, 1000).mapToObj(capacity -> Arguments.of(pool, capacity)));
  }

  final List<PoolUnderTest> interleavingPools() {
    return pools().stream().filter(PoolUnderTest::interleaves).toList();
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
    assumeTrue(showsFreeLists(pool), "it shows no free instances");
    Random random = new Random(capacity);
    Set<Integer> held = new HashSet<>();
    List<List<Integer>> lists = pool.freeLists();
    for (int i = 0; i < 4 * capacity; i++) {
      int cpu = random.nextInt(CPUS);
      if (held.isEmpty() || random.nextBoolean()) {
        // A CPU looks into its own list first, then into the others in ascending order.
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
      lists = pool.freeLists();
      requireEachOnce(held, lists, capacity);
    }
  }

  /** In less time than AssertJ takes to say it, thousands of times. */
  private static void requireEachOnce(Set<Integer> held, List<List<Integer>> lists, int capacity) {
    BitSet seen = new BitSet(capacity);
    held.forEach(seen::set);
    int all = held.size();
    for (List<Integer> list : lists) {
      list.forEach(seen::set);
      all += list.size();
    }
    if (all != capacity || seen.cardinality() != capacity) {
      throw new AssertionError(
          "not each of %d once: held are %s, free %s".formatted(capacity, held, lists));
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
        if ((instance == InstancePool.MISSED) != (held.size() == capacity)) {
          throw new AssertionError("pops " + instance + " while held are " + held);
        }
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

  private static boolean showsFreeLists(InstancePool pool) {
    try {
      pool.freeLists();
      return true;
    } catch (UnsupportedOperationException hidden) {
      return false;
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("interleavingPools")
  void itsOrderIsWhatItSays(PoolUnderTest design) {
    InstancePool pool = design.create(4, 1);
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      held.add(pool.pop(0));
    }
    held.forEach(instance -> pool.push(0, instance));
    List<Integer> again = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      again.add(pool.pop(0));
    }
    if (design.says(one -> one.order() == PoolDesign.Order.FIFO)) {
      assertThat(again).containsExactlyElementsOf(held);
    } else if (design.says(one -> one.order() == PoolDesign.Order.LIFO)) {
      Collections.reverse(held);
      assertThat(again).containsExactlyElementsOf(held);
    } else {
      assertThat(again).containsExactlyInAnyOrderElementsOf(held);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void anEmptyPoolIsRefusedAndSaysWhatItGot(PoolUnderTest design) {
    assertThatThrownBy(() -> design.create(0, CPUS))
        .hasMessage("capacity must be >= 1: capacity=0");
    assertThatThrownBy(() -> design.create(-1, CPUS)).hasMessageContaining("capacity=-1");
  }
}
