package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.YieldingMemory;
import dev.kretsim.memory.explore.Exploration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several CPUs at once; the broken twins show that what passes here could have failed. */
class PoolRaceTest {
  private static final int SEEDS = 100;

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

  static Stream<Arguments> searches() {
    return PoolUnderTest.interleaving().stream()
        .flatMap(pool -> PoolExploration.searches(pool).stream().map(s -> Arguments.of(pool, s)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("searches")
  void noScheduleWithinTheBoundBreaksAPromise(PoolUnderTest design, PoolExploration.Search search) {
    Exploration explored = search.explore();
    System.out.printf("%s, %s: %s%n", design, search, explored);
    assertThat(explored.schedules()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"hlist under tas, 338", "hlist under ticket, 94", "freelist, 552", "objpool, 1"})
  void aHitOnEachOfTwoCpusHasSoManyEndings(String name, long interleavings) {
    PoolUnderTest design =
        PoolUnderTest.all().stream()
            .filter(pool -> pool.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(PoolScene.explorer(design, 2, "+-", "+-").exhaustive().schedules())
        .isEqualTo(interleavings);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interleavingPools")
  void noRandomScheduleBreaksAPromise(PoolUnderTest design) {
    for (int seed = 0; seed < SEEDS; seed++) {
      PoolExploration.random(design, seed);
      PoolExploration.priorities(design, seed);
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
