package dev.kretsim.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.LockDesign;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.explore.Exploration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every form of the raw spinlock promises to several CPUs at once. A lock of your own is put
 * to it as a pool is to {@link PoolRaceContract}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LockRaceContract {
  private static final int SEEDS = 100;
  private static final int MANY_CPUS = 16;
  private static final int MANY_ROUNDS = 500;

  /** The forms that are put to the test. */
  protected abstract List<LockDesign> designs();

  final Stream<Arguments> searches() {
    return designs().stream()
        .flatMap(
            kind ->
                LockExploration.searches(kind::create, LockScene.Line.of(kind)).stream()
                    .map(search -> Arguments.of(kind, search)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("searches")
  void noScheduleWithinTheBoundBreaksAPromise(LockDesign kind, LockExploration.Search search) {
    Exploration explored = search.explore();
    System.out.printf("%s, %s: %s%n", kind.name(), search, explored);
    assertThat(explored.schedules()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("designs")
  void oneCpuAtATimeIsInsideWhateverTheInterleaving(LockDesign kind) {
    for (int seed = 0; seed < SEEDS; seed++) {
      LockExploration.random(kind::create, LockScene.Line.of(kind), seed);
    }
  }

  @ParameterizedTest
  @MethodSource("designs")
  void moreEmulatedCpusThanRealOnesGetThrough(LockDesign kind) throws InterruptedException {
    assertThat(new LockRace(kind::create, RealMemory::new, MANY_CPUS, MANY_ROUNDS).breach())
        .isEmpty();
  }
}
