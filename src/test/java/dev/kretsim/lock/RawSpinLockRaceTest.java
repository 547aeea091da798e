package dev.kretsim.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.YieldingMemory;
import dev.kretsim.testkit.LockExploration;
import dev.kretsim.testkit.LockRace;
import dev.kretsim.testkit.LockRaceContract;
import dev.kretsim.testkit.LockScene;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several CPUs at one lock; the broken twins show that what passes here could have failed. */
class RawSpinLockRaceTest extends LockRaceContract {
  private static final int SEEDS = 100;
  private static final int MANY_CPUS = 16;
  private static final int MANY_ROUNDS = 500;
  private static final int THREAD_RACES_FOR_TWINS = 50;

  @Override
  protected List<LockDesign> designs() {
    return LockDesigns.shipped();
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
    LockScene.Form form = LockDesigns.TAS::create;
    assertThatThrownBy(
            () -> LockScene.explorer(form, LockScene.Line.EXCHANGES, "L", "L", "L").exhaustive())
        .hasMessageStartingWith("passed somebody in line");
  }

  @Test
  void whatInterruptsAWaitUsesANodeOfItsOwn() {
    assertThat(NestedWaits.firstFailure(UnaryOperator.identity())).isEmpty();
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
