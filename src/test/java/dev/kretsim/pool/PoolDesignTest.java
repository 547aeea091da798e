package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import org.junit.jupiter.api.Test;

/** What a design says of itself. */
class PoolDesignTest {
  private static PoolSpec spec(int capacity) {
    return new PoolSpec(
        capacity, new CpuContexts(2, RealMemory::new), RealMemory::new, LockDesigns.QUEUED);
  }

  @Test
  void aDesignIsCalledByItsNameInSmallLetters() {
    assertThat(PoolDesigns.shipped().stream().map(PoolDesign::name))
        .containsExactly("hlist", "freelist", "objpool", "mpmc", "ring");
  }

  @Test
  void theKernelsLockFreeDesignsMayMissTransientlyAndNoOtherMay() {
    assertThat(PoolDesigns.shipped().stream().filter(PoolDesign::exact))
        .containsExactly(PoolDesigns.HLIST, PoolDesigns.MPMC, PoolDesigns.RING);
  }

  @Test
  void aLibraryQueueRefusesMoreThanItEverGave() {
    InstancePool pool = PoolDesigns.MPMC.create(spec(4));
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
