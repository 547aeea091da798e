package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.testkit.PoolContract;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pools that ship keep what every pool promises, and are like the kernel's in their order. */
class InstancePoolTest extends PoolContract {
  private static final int CPUS = 3;

  @Override
  protected List<PoolDesign> designs() {
    return PoolDesigns.shipped();
  }

  @Override
  protected List<PoolUnderTest> pools() {
    return ShippedPools.all();
  }

  /** As in the kernel: by design the freelist needs no such thing, nor do our rings. */
  @Test
  void thoseThatAreSafeWhereInterruptsAreOnWorkWithInterruptsOff() {
    for (PoolUnderTest design : ShippedPools.interleaving()) {
      Interleaving interleaving = new Interleaving();
      CpuContexts cpus = new CpuContexts(CPUS, interleaving);
      InstancePool pool = design.create(1, cpus, interleaving);
      boolean expected =
          design.says(one -> one.nesting() == PoolDesign.Nesting.WHERE_INTERRUPTS_ARE_ON);
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
    for (PoolUnderTest design : ShippedPools.all()) {
      if (design.says(one -> one.order() == PoolDesign.Order.LIFO)) {
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
    Objpool pool = (Objpool) PoolDesigns.OBJPOOL.create(specOf(7, 4));
    assertThat(IntStream.range(0, 4).map(pool::freeOn)).containsExactly(2, 2, 2, 1);
    assertThat(pool.slots()).isEqualTo(8);
    Objpool scarce = (Objpool) PoolDesigns.OBJPOOL.create(specOf(7, 8));
    assertThat(IntStream.range(0, 8).map(scarce::freeOn)).containsExactly(1, 1, 1, 1, 1, 1, 1, 0);
  }

  @Test
  void objpoolTakesFromItsOwnRingInOrderAndThenFromTheNextCpus() {
    Objpool pool = (Objpool) PoolDesigns.OBJPOOL.create(specOf(6, 3));
    assertThat(IntStream.range(0, 6).map(i -> pool.pop(1))).containsExactly(2, 3, 4, 5, 0, 1);
    pool.push(2, 5);
    pool.push(2, 0);
    assertThat(pool.freeOn(2)).isEqualTo(2);
    assertThat(pool.pop(0)).isEqualTo(5);
    assertThat(pool.pop(0)).isEqualTo(0);
  }

  static PoolSpec specOf(int capacity, int cpus) {
    return new PoolSpec(
        capacity, new CpuContexts(cpus, RealMemory::new), RealMemory::new, LockDesigns.QUEUED);
  }
}
