package dev.kretsim.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.YieldingMemory;
import dev.kretsim.memory.explore.Exploration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several CPUs at one lock; the broken twins show that what passes here could have failed. */
class RawSpinLockRaceTest {
  private static final int SEEDS = 100;
  private static final int MANY_CPUS = 16;
  private static final int MANY_ROUNDS = 500;
  private static final int THREAD_RACES_FOR_TWINS = 50;

  static Stream<Arguments> searches() {
    return Stream.of(LockKind.values())
        .flatMap(
            kind ->
                LockExploration.searches(kind::create, LockScene.Line.of(kind)).stream()
                    .map(search -> Arguments.of(kind, search)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("searches")
  void noScheduleWithinTheBoundBreaksAPromise(LockKind kind, LockExploration.Search search) {
    Exploration explored = search.explore();
    System.out.printf("%s, %s: %s%n", kind.label(), search, explored);
    assertThat(explored.schedules()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void oneCpuAtATimeIsInsideWhateverTheInterleaving(LockKind kind) {
    for (int seed = 0; seed < SEEDS; seed++) {
      LockExploration.random(kind::create, LockScene.Line.of(kind), seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0xfffd, 0xfffe, 0xffff})
  void ticketsWrapAroundAtSixteenBits(long firstTicket) {
    for (int seed = 0; seed < SEEDS; seed++) {
      LockExploration.random(
          (memory, word, cpus) -> new TicketSpinLock(memory, word, cpus, firstTicket),
          LockScene.Line.TICKETS,
          seed);
    }
  }

  @Test
  void theCheckOfTheOrderCanFail() {
    // Whoever finds a test-and-set lock taken has not been promised anything: say it stood in line.
    LockScene.Form form = LockKind.TAS::create;
    assertThatThrownBy(
            () -> LockScene.explorer(form, LockScene.Line.EXCHANGES, "L", "L", "L").exhaustive())
        .hasMessageStartingWith("passed somebody in line");
  }

  @Test
  void whatInterruptsAWaitUsesANodeOfItsOwn() {
    assertThat(NestedWaits.firstFailure(UnaryOperator.identity())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void moreEmulatedCpusThanRealOnesGetThrough(LockKind kind) throws InterruptedException {
    assertThat(new LockRace(kind::create, RealMemory::new, MANY_CPUS, MANY_ROUNDS).breach())
        .isEmpty();
  }

  @Test
  void realThreadsCatchALockThatTestsAndThenSets() throws InterruptedException {
    for (int run = 0; run < THREAD_RACES_FOR_TWINS; run++) {
      if (new LockRace(
              BrokenLocks.TestThenSetLock::new,
              layout -> new YieldingMemory(new RealMemory(layout)),
              MANY_CPUS,
              MANY_ROUNDS)
          .breach()
          .isPresent()) {
        return;
      }
    }
    throw new AssertionError("not caught in " + THREAD_RACES_FOR_TWINS + " runs");
  }
}
