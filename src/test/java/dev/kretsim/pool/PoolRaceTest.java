package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several CPUs at once; the broken twins show that what passes here could have failed. */
class PoolRaceTest {
  private static final int SEEDS = 300;
  private static final int SEEDS_FOR_TWINS = 20_000;

  static List<PoolUnderTest> interleavingPools() {
    return PoolUnderTest.interleaving();
  }

  static List<PoolUnderTest> pools() {
    return PoolUnderTest.all();
  }

  static List<PoolUnderTest> brokenTwins() {
    return BrokenPools.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interleavingPools")
  void noInterleavingDoublesOrLosesAnInstance(PoolUnderTest design) {
    for (int seed = 0; seed < SEEDS; seed++) {
      RaceCheck.run(design, 1 + seed % 4, 2 + seed % 2, 6, seed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTwins")
  void aBrokenTwinIsCaught(PoolUnderTest twin) {
    for (int seed = 0; seed < SEEDS_FOR_TWINS; seed++) {
      try {
        RaceCheck.run(twin, 1 + seed % 4, 2 + seed % 2, 6, seed);
      } catch (AssertionError | RuntimeException caught) {
        return;
      }
    }
    throw new AssertionError(twin + " was not caught in " + SEEDS_FOR_TWINS + " schedules");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void realThreadsNeverHoldAnInstanceTogether(PoolUnderTest design) throws InterruptedException {
    int cpus = 4;
    int attempts = 20_000;
    InstancePool pool = design.create(3, cpus);
    AtomicIntegerArray holders = new AtomicIntegerArray(3);
    AtomicLong hits = new AtomicLong();
    AtomicLong misses = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      int me = cpu;
      new Thread(
              () -> {
                try {
                  start.await();
                  for (int i = 0; i < attempts; i++) {
                    int instance = pool.pop(me);
                    if (instance == InstancePool.MISSED) {
                      misses.incrementAndGet();
                    } else {
                      hits.incrementAndGet();
                      assertThat(holders.incrementAndGet(instance)).isEqualTo(1);
                      holders.decrementAndGet(instance);
                      pool.push(me, instance);
                    }
                  }
                } catch (Throwable e) {
                  failure.set(e);
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    start.countDown();
    done.await();
    assertThat(failure).hasValue(null);
    assertThat(hits.get() + misses.get()).isEqualTo((long) cpus * attempts);
    assertThat(hits).hasPositiveValue();
    assertThat(pool.free()).isEqualTo(3);
  }
}
