package dev.kretsim.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.explore.Exploration;
import dev.kretsim.pool.PoolDesign;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every pool promises to several CPUs at once: driven through the interleavings of a few
 * operations, stopped at each access for a hit that comes in the middle of another, and on real
 * threads. A design of your own is put to it as to {@link PoolContract}.
 *
 * <p>A design that keeps its state outside of memory cannot be stopped, and is raced on real
 * threads only. A failure prints the interleaving that led to it, step by step.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PoolRaceContract {
  private static final int SEEDS = 100;
  private static final int CPUS = 4;
  private static final int CAPACITY = 3;
  private static final int ATTEMPTS = 20_000;

  /** The designs that are put to the test. */
  protected abstract List<PoolDesign> designs();

  /** The pools made by them: each under every lock, where it has one. */
  protected List<PoolUnderTest> pools() {
    return designs().stream().flatMap(one -> PoolUnderTest.formsOf(one).stream()).toList();
  }

  final List<PoolUnderTest> interleavingPools() {
    return pools().stream().filter(PoolUnderTest::interleaves).toList();
  }

  final List<PoolUnderTest> interruptiblePools() {
    return interleavingPools().stream()
        .filter(pool -> pool.says(one -> one.nesting() != PoolDesign.Nesting.NOWHERE))
        .toList();
  }

  final List<PoolUnderTest> poolsForNmis() {
    return interleavingPools().stream()
        .filter(pool -> pool.says(one -> one.nesting() == PoolDesign.Nesting.ANYWHERE))
        .toList();
  }

  final Stream<Arguments> searches() {
    return interleavingPools().stream()
        .flatMap(pool -> PoolExploration.searches(pool).stream().map(s -> Arguments.of(pool, s)));
  }

  @ParameterizedTest(name = "{0}, {1}", allowZeroInvocations = true)
  @MethodSource("searches")
  void noScheduleWithinTheBoundBreaksAPromise(PoolUnderTest design, PoolExploration.Search search) {
    Exploration explored = search.explore();
    System.out.printf("%s, %s: %s%n", design, search, explored);
    assertThat(explored.schedules()).isPositive();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("interleavingPools")
  void noRandomScheduleBreaksAPromise(PoolUnderTest design) {
    for (int seed = 0; seed < SEEDS; seed++) {
      PoolExploration.random(design, seed);
      PoolExploration.priorities(design, seed);
    }
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("interruptiblePools")
  void anInterruptMayComeAnywhereThatInterruptsAreOn(PoolUnderTest design) {
    assertThat(PoolExploration.nested(design, false)).isGreaterThan(PoolExploration.FEW_PLACES);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("poolsForNmis")
  void anNmiMayComeAnywhere(PoolUnderTest design) {
    assertThat(PoolExploration.nested(design, true)).isGreaterThan(PoolExploration.FEW_PLACES);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pools")
  void realThreadsNeverHoldAnInstanceTogether(PoolUnderTest design) throws InterruptedException {
    ThreadRace race = new ThreadRace(design.create(CAPACITY, CPUS), CPUS, ATTEMPTS);
    assertThat(race.breach()).isEmpty();
    assertThat(race.hits() + race.misses()).isEqualTo((long) CPUS * ATTEMPTS);
    assertThat(race.hits()).isPositive();
  }
}
