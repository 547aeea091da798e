package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How many instances a pool can have, and what they take. */
class PoolCapacityTest {
  /** What a kernel with lists accepts and one with an objpool refuses. */
  private static final int BEYOND_OBJPOOL = (1 << 24) + 1;

  /** Memory that is laid out, and then not made. */
  private static final class LaidOutException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int words;

    LaidOutException(Layout layout) {
      words = layout.size();
    }
  }

  private static InstancePool create(PoolDesign kind, int capacity, int cpus, Memory.Factory mem) {
    return kind.create(
        new PoolSpec(capacity, new CpuContexts(cpus, RealMemory::new), mem, LockDesigns.QUEUED));
  }

  /** How many words a pool asks for. */
  private static int words(PoolDesign kind, int capacity, int cpus) {
    try {
      create(
          kind,
          capacity,
          cpus,
          layout -> {
            throw new LaidOutException(layout);
          });
    } catch (LaidOutException laidOut) {
      return laidOut.words;
    }
    throw new AssertionError("made without memory");
  }

  static List<PoolDesign> lists() {
    return PoolDesigns.shipped().stream()
        .filter(pool -> pool.order() == PoolDesign.Order.LIFO)
        .toList();
  }

  @ParameterizedTest(name = "{0}, {1} cpus: {2}")
  @CsvSource({
    "hlist,1,2147483584",
    "hlist,8192,2147483584",
    "freelist,1,1073741792",
    "freelist,8192,1073741792",
    "objpool,1,16777216",
    "objpool,127,16777216",
    "objpool,128,8388608",
    "objpool,255,8388608",
    "objpool,256,4194304",
    "objpool,8192,131072",
    "ring,1,16777216",
    "ring,126,16777216",
    "ring,127,8388608",
    "ring,8192,131072",
  })
  void theLargestPoolCanBeLaidOutAndNoLargerOne(String name, int cpus, int most) {
    PoolDesign kind = PoolDesigns.named(name).orElseThrow();
    assertThat(kind.maxCapacity(cpus)).isEqualTo(most);
    assertThat(words(kind, most, cpus)).isBetween(most, Layout.MAX_WORDS);
    assertThatThrownBy(() -> words(kind, most + 1, cpus))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity must be in [1, %d] with cpus=%d: capacity=%d", most, cpus, most + 1);
  }

  @Test
  void aLibraryQueueGrowsToTheLargestPowerOfTwo() {
    int most = PoolDesigns.MPMC.maxCapacity(4);
    assertThat(most).isEqualTo(1 << 30);
    assertThatThrownBy(() -> create(PoolDesigns.MPMC, most + 1, 4, RealMemory::new))
        .hasMessageContaining("capacity=1073741825");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aListOfMoreThanObjpoolTakesFitsIntoAGigabyte(PoolDesign kind) {
    int nodeWords = kind.equals(PoolDesigns.HLIST) ? 1 : 2;
    assertThat(words(kind, BEYOND_OBJPOOL, 4)).isLessThan(nodeWords * BEYOND_OBJPOOL + 100);
    InstancePool pool = create(kind, BEYOND_OBJPOOL, 4, RealMemory::new);
    assertThat(pool.free()).isEqualTo(BEYOND_OBJPOOL);
    assertThat(pool.pop(0)).isEqualTo(BEYOND_OBJPOOL - 1);
    assertThat(pool.pop(1)).isEqualTo(BEYOND_OBJPOOL - 2);
    pool.push(2, BEYOND_OBJPOOL - 1);
    assertThat(pool.pop(3)).isEqualTo(BEYOND_OBJPOOL - 1);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aListOfUsualSizeHasALineForEachNode(PoolDesign kind) {
    int more = words(kind, 1 << 20, 4) - words(kind, (1 << 20) - 1, 4);
    assertThat(more).isEqualTo(Layout.WORDS_PER_LINE);
  }
}
