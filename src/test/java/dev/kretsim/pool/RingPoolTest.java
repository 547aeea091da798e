package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.ForwardingMemory;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.explore.Explorer;
import dev.kretsim.memory.explore.OneEach;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only the slots and rings promise: exact misses, any nesting, one exchange a hit. */
class RingPoolTest {
  private static final int CPUS = 3;

  static List<PoolUnderTest> shipped() {
    return ShippedPools.all().stream().filter(pool -> pool.name().startsWith("ring")).toList();
  }

  private static PoolUnderTest twin(Function<PoolSpec, InstancePool> design) {
    return PoolUnderTest.of("twin", true, design);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shipped")
  void noScheduleMissesWhileAnInstanceIsFreeBehindTheScan(PoolUnderTest design) {
    assertThat(missesInAnySchedule(design)).isZero();
  }

  @Test
  void oneCollectMissesWhileAnInstanceIsFreeBehindTheScan() {
    assertThat(missesInAnySchedule(twin(BrokenOwnedRings.Whole::new))).isZero();
    assertThat(missesInAnySchedule(twin(BrokenOwnedRings.CollectsOnce::new))).isPositive();
  }

  /**
   * CPU 0 pops while, one after the other, CPU 1 gives back what it holds and CPU 2 takes what was
   * free: one or the other is free all the time.
   */
  private static int missesInAnySchedule(PoolUnderTest design) {
    int[] misses = new int[1];
    Explorer explorer =
        new Explorer(
            interleaving -> {
              InstancePool pool = design.create(2, CPUS, interleaving);
              int held = pool.pop(0);
              pool.push(2, pool.pop(0));
              return new OneEach(
                  Operation.of(
                      "pop",
                      () -> pool.pop(0),
                      taken -> misses[0] += taken == InstancePool.MISSED ? 1 : 0),
                  Operation.of(
                      "push, pop",
                      () -> {
                        pool.push(1, held);
                        return pool.pop(2);
                      },
                      ignored -> {}));
            });
    explorer.exhaustive();
    return misses[0];
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shipped")
  void noInterruptOfAnyOperationLosesOrDoublesAnInstance(PoolUnderTest design) {
    assertThat(interruptedEverywhere(design)).isGreaterThan(10);
  }

  @Test
  void aTailThatIsOwnedByTheCpuAloneLosesWhatAnInterruptPushes() {
    assertThatThrownBy(() -> interruptedEverywhere(twin(BrokenOwnedRings.Whole::new)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("stopped before access");
  }

  @Test
  void aPushThatDoesNotAnnounceItselfLosesWhatAnInterruptPushes() {
    int lastOfCpu0 = new Layout().reserve(1) + 1;
    PoolUnderTest silent =
        twin(RingPool::new)
            .on(
                memory ->
                    new ForwardingMemory(memory) {
                      @Override
                      public void set(int word, long value) {
                        if (word != lastOfCpu0) {
                          super.set(word, value);
                        }
                      }
                    });
    assertThatThrownBy(() -> interruptedEverywhere(silent))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("stopped before access");
  }

  /** A push and a pop on CPU 0, stopped before each of their accesses by three levels of others. */
  private static int interruptedEverywhere(PoolUnderTest design) {
    int stops = 0;
    for (boolean popping : new boolean[] {false, true}) {
      for (int at = 0; ; at++) {
        Interleaving interleaving = new Interleaving();
        InstancePool pool = design.create(5, CPUS, interleaving);
        List<Integer> held = new ArrayList<>();
        IntStream.range(0, 4).forEach(ignored -> held.add(pool.pop(0)));
        int outer = held.remove(0);
        Interleaving.Strand strand =
            interleaving.start(() -> popping ? pool.pop(0) : pushed(pool, outer));
        for (int access = 0; access < at && !strand.finished(); access++) {
          strand.step();
        }
        if (strand.finished()) {
          break;
        }
        stops++;
        interrupt(interleaving, pool, held, 3);
        while (!strand.finished()) {
          strand.step();
        }
        if (popping) {
          held.add(outer);
          held.add((int) strand.result());
        }
        List<Integer> all = new ArrayList<>(held);
        for (int got = pool.pop(0); got != InstancePool.MISSED; got = pool.pop(0)) {
          all.add(got);
        }
        assertThat(all)
            .as("popping=%s stopped before access %d", popping, at)
            .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
      }
    }
    return stops;
  }

  /** Gives one back, and is itself interrupted at the third access of doing so; then takes one. */
  private static void interrupt(
      Interleaving interleaving, InstancePool pool, List<Integer> held, int levels) {
    if (levels == 0) {
      return;
    }
    int mine = held.remove(0);
    Interleaving.Strand push = interleaving.start(() -> pushed(pool, mine));
    for (int access = 0; access < 3 && !push.finished(); access++) {
      push.step();
    }
    interrupt(interleaving, pool, held, levels - 1);
    while (!push.finished()) {
      push.step();
    }
    int taken = pool.pop(0);
    if (taken != InstancePool.MISSED && levels == 2) {
      held.add(taken);
    } else if (taken != InstancePool.MISSED) {
      pool.push(0, taken);
    }
  }

  private static long pushed(InstancePool pool, int instance) {
    pool.push(0, instance);
    return 0;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shipped")
  void whatAnInterruptSpillsIsFreeAndHandedOutLast(PoolUnderTest design) {
    Interleaving interleaving = new Interleaving();
    InstancePool pool = design.create(3, CPUS, interleaving);
    IntStream.range(0, 3).forEach(expected -> assertThat(pool.pop(0)).isEqualTo(expected));
    Interleaving.Strand push = interleaving.start(() -> pushed(pool, 0));
    push.step();
    push.step();
    pool.push(0, 1);
    pool.push(0, 2);
    assertThat(pool.freeLists()).containsExactly(List.of(), List.of(), List.of(), List.of(2, 1));
    assertThat(pool.free()).isEqualTo(2);
    while (!push.finished()) {
      push.step();
    }
    assertThat(IntStream.range(0, 4).map(ignored -> pool.pop(1)))
        .containsExactly(0, 2, 1, InstancePool.MISSED);
    pool.push(2, 1);
    assertThat(pool.freeLists()).containsExactly(List.of(), List.of(), List.of(1));
  }

  @Test
  void aHitTakesOneExchangeAndAMissTakesNone() {
    int[] exchanges = new int[1];
    Memory.Factory counting =
        layout ->
            new ForwardingMemory(new RealMemory(layout)) {
              @Override
              public long compareAndExchange(int word, long expected, long next) {
                exchanges[0]++;
                return super.compareAndExchange(word, expected, next);
              }

              @Override
              public long getAndAdd(int word, long delta) {
                exchanges[0]++;
                return super.getAndAdd(word, delta);
              }
            };
    InstancePool pool = twin(RingPool::new).create(1, CPUS, counting);
    pool.push(1, pool.pop(1));
    assertThat(exchanges[0]).isEqualTo(1);
    pool.pop(2);
    assertThat(exchanges[0]).as("a theft").isEqualTo(2);
    assertThat(pool.pop(0)).isEqualTo(InstancePool.MISSED);
    assertThat(exchanges[0]).isEqualTo(2);
  }
}
