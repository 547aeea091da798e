package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.TornMemory;
import dev.kretsim.memory.YieldingMemory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several CPUs at once; the broken twins show that what passes here could have failed. */
class PoolRaceTest {
  private static final int SEEDS = 1_000;
  private static final int SEEDS_FOR_TWINS = 20_000;

  private static final int CPUS = 4;
  private static final int CAPACITY = 3;
  private static final int ATTEMPTS = 20_000;
  private static final int THREAD_RACES_FOR_TWINS = 50;

  static List<PoolUnderTest> interleavingPools() {
    return PoolUnderTest.interleaving();
  }

  static List<PoolUnderTest> pools() {
    return PoolUnderTest.all();
  }

  static List<BrokenPools.Twin> brokenTwins() {
    return BrokenPools.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interleavingPools")
  void noInterleavingDoublesOrLosesAnInstance(PoolUnderTest design) {
    for (int seed = 0; seed < SEEDS; seed++) {
      race(design, seed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interleavingPools")
  void asManyPopsAsInstancesAllHit(PoolUnderTest design) {
    for (int seed = 0; seed < SEEDS; seed++) {
      drain(design, seed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTwins")
  void aBrokenTwinIsCaughtByTheBreachThatItIsThereFor(BrokenPools.Twin twin) {
    assertThat(breaches(twin.pool(), SEEDS_FOR_TWINS))
        .as("seeds that show: %s", twin.symptom())
        .anyMatch(breach -> breach.startsWith(twin.symptom()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interleavingPools")
  void aShippedPoolIsCaughtOnMemoryWhoseExchangesComeApart(PoolUnderTest design) {
    assertThat(breaches(design.on(TornMemory::new), SEEDS)).isNotEmpty();
  }

  private static void race(PoolUnderTest design, int seed) {
    RaceCheck.run(design, 1 + seed % 4, 2 + seed / 4 % 2, 6, seed);
  }

  private static void drain(PoolUnderTest design, int seed) {
    RaceCheck.drain(design, 1 + seed % 7, 2 + seed % 2, seed);
  }

  /** What went wrong, schedule by schedule; stops looking when nobody asks for more. */
  private static Iterable<String> breaches(PoolUnderTest broken, int seeds) {
    return IntStream.range(0, seeds)
            .mapToObj(seed -> breach(broken, seed))
            .flatMap(Optional::stream)
        ::iterator;
  }

  private static Optional<String> breach(PoolUnderTest broken, int seed) {
    try {
      race(broken, seed);
      drain(broken, seed);
      return Optional.empty();
    } catch (AssertionError caught) {
      return Optional.of(String.valueOf(caught.getMessage()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void realThreadsNeverHoldAnInstanceTogether(PoolUnderTest design) throws InterruptedException {
    ThreadRace race = new ThreadRace(design.create(CAPACITY, CPUS), CPUS, ATTEMPTS);
    assertThat(race.breach()).isEmpty();
    assertThat(race.hits() + race.misses()).isEqualTo((long) CPUS * ATTEMPTS);
    assertThat(race.hits()).isPositive();
  }

  @Test
  void realThreadsCatchAListWhosePushIsOutsideTheLock() throws InterruptedException {
    PoolUnderTest twin = BrokenPools.unlockedPush().on(YieldingMemory::new);
    for (int run = 0; run < THREAD_RACES_FOR_TWINS; run++) {
      ThreadRace race = new ThreadRace(twin.create(CAPACITY, CPUS), CPUS, ATTEMPTS);
      if (race.breach().isPresent()) {
        return;
      }
    }
    throw new AssertionError("not caught in " + THREAD_RACES_FOR_TWINS + " runs");
  }
}
