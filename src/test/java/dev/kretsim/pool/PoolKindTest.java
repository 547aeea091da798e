package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockKind;
import dev.kretsim.memory.RealMemory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a design says of itself. */
class PoolKindTest {
  private static PoolSpec spec(int capacity) {
    return new PoolSpec(
        capacity, new CpuContexts(2, RealMemory::new), RealMemory::new, LockKind.QUEUED);
  }

  @Test
  void aDesignIsCalledByItsNameInSmallLetters() {
    assertThat(Stream.of(PoolKind.values()).map(PoolKind::label))
        .containsExactly("hlist", "freelist", "objpool", "mpmc", "ring");
  }

  @Test
  void theKernelsLockFreeDesignsMayMissTransientlyAndNoOtherMay() {
    assertThat(Stream.of(PoolKind.values()).filter(PoolKind::exact))
        .containsExactly(PoolKind.HLIST, PoolKind.MPMC, PoolKind.RING);
  }

  @Test
  void aLibraryQueueRefusesMoreThanItEverGave() {
    InstancePool pool = PoolKind.MPMC.create(spec(4));
    assertThatThrownBy(() -> pool.push(0, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pushed more instances than popped: instance=3");
  }

  @Test
  void aPoolThatShowsNothingSaysSo() {
    InstancePool hidden =
        new InstancePool() {
          @Override
          public int capacity() {
            return 1;
          }

          @Override
          public int pop(int cpu) {
            return MISSED;
          }

          @Override
          public void push(int cpu, int instance) {}

          @Override
          public int free() {
            return 0;
          }
        };
    assertThatThrownBy(hidden::freeLists)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("shows no free instances: ");
  }
}
