package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.AccessCount;
import dev.kretsim.memory.ForwardingMemory;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a pool costs where nobody is in its way, counted and not timed: each atomic
 * read-modify-write is a locked instruction of about 20 cycles that overlaps with no other, and
 * each line may have to come from another processor.
 */
class PoolCostTest {
  private static final int CAPACITY = 16;
  private static final int CPUS = 4;

  /** Enough for every ring to come round. */
  private static final int ROUNDS = 3 * CAPACITY;

  private static PoolUnderTest pool(String name) {
    return ShippedPools.interleaving().stream()
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Atomics of so many pops and as many pushes, wherever the rings are: mostly one number. */
  private record Cost(Set<Integer> atomics, int mostLines) {
    static Cost of(PoolUnderTest design, int depth, int pushedOn) {
      AccessCount count = new AccessCount();
      InstancePool pool = design.create(CAPACITY, CPUS, count::memory);
      Set<Integer> atomics = new TreeSet<>();
      int mostLines = 0;
      for (int round = 0; round < ROUNDS; round++) {
        count.reset();
        move(pool, depth, 0, pushedOn);
        atomics.add(count.atomics());
        mostLines = Math.max(mostLines, count.lines());
        if (pushedOn != 0) {
          // Back, so that instances do not gather there.
          move(pool, depth, pushedOn, 0);
        }
      }
      return new Cost(atomics, mostLines);
    }

    private static void move(InstancePool pool, int depth, int from, int to) {
      int[] held = new int[depth];
      for (int i = 0; i < depth; i++) {
        held[i] = pool.pop(from);
        assertThat(held[i]).isNotEqualTo(InstancePool.MISSED);
      }
      for (int i = depth - 1; i >= 0; i--) {
        pool.push(to, held[i]);
      }
    }
  }

  /** Lines count the words of the CPU itself, where interrupts are off in a pool's operations. */
  @ParameterizedTest
  @CsvSource({
    "hlist under tas, 2, 3, 4",
    "hlist under ticket, 2, 3, 4",
    "hlist under queued, 4, 3, 4",
    "freelist, 5, 2, 2",
    "objpool, 2, 4, 6",
    "objpool about to wrap, 2, 4, 6",
    "ring, 1, 1, 2",
    "ring about to wrap, 1, 2, 3",
  })
  void aPopAndItsPushCostSoManyLockedInstructionsAndLines(
      String name, int atomics, int lines, int linesOnTwoCpus) {
    Cost here = Cost.of(pool(name), 1, 0);
    assertThat(here.atomics()).containsExactly(atomics);
    assertThat(here.mostLines()).isEqualTo(lines);
    Cost migrated = Cost.of(pool(name), 1, 1);
    assertThat(migrated.atomics()).as("pushed on another CPU").containsExactly(atomics);
    assertThat(migrated.mostLines()).as("pushed on another CPU").isEqualTo(linesOnTwoCpus);
  }

  /** Recursion holds several instances at once. */
  @ParameterizedTest
  @CsvSource({
    "hlist under tas, 2",
    "hlist under ticket, 2",
    "hlist under queued, 4",
    "freelist, 5",
    "objpool, 2",
    "ring, 1",
  })
  void nestedHoldsCostNoMoreEach(String name, int atomics) {
    for (int depth = 2; depth <= CAPACITY / CPUS; depth++) {
      assertThat(Cost.of(pool(name), depth, 0).atomics())
          .as("depth %d", depth)
          .containsExactly(depth * atomics);
    }
  }

  /** A miss of a list is a look under its lock; the others only read. */
  @ParameterizedTest
  @CsvSource({
    "hlist under tas, 1, 2",
    "hlist under ticket, 1, 2",
    "hlist under queued, 2, 2",
    "freelist, 0, 1",
    "objpool, 0, 5",
    "ring, 0, 5",
  })
  void aMissCostsSoMany(String name, int atomics, int lines) {
    AccessCount count = new AccessCount();
    InstancePool pool = pool(name).create(CAPACITY, CPUS, count::memory);
    for (int i = 0; i < CAPACITY; i++) {
      pool.pop(0);
    }
    count.reset();
    assertThat(pool.pop(0)).isEqualTo(InstancePool.MISSED);
    assertThat(count.atomics()).isEqualTo(atomics);
    assertThat(count.lines()).isEqualTo(lines);
  }

  @Test
  void anExchangeWhereAStoreWouldDoIsCounted() {
    PoolUnderTest careless =
        pool("ring")
            .on(
                memory ->
                    new ForwardingMemory(memory) {
                      @Override
                      public void setRelease(int word, long value) {
                        getAndSet(word, value);
                      }
                    });
    assertThat(Cost.of(careless, 1, 0).atomics()).containsExactly(2);
  }
}
