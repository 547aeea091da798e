package dev.kretsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.explore.ScheduleFailedException;
import dev.kretsim.testkit.PoolExploration;
import dev.kretsim.testkit.PoolScene;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hit that comes where it must not, in the middle of another on the same CPU, is noticed. */
class NestedHitTest {
  static List<PoolUnderTest> poolsUnderALock() {
    return ShippedPools.interleaving().stream()
        .filter(pool -> pool.says(PoolDesign::locked))
        .toList();
  }

  /** Words of ring 0: head, tail, last, and then the entries. */
  private static final String HAZARD =
      """
      push 1: compareAndExchange ring 0[1] 3 to 4 done
      interrupt hit: getAcquire ring 0 -> 2
      interrupt hit: getAcquire ring 0[2] -> 3
      interrupt hit: getOpaque ring 0[3] -> 0
      interrupt hit: compareAndExchange ring 0 2 to 3 done
      interrupt hit: getOpaque ring 0[1] -> 4
      interrupt hit: compareAndExchange ring 0[1] 4 to 5 done
      interrupt hit: setOpaque ring 0[3] = 0
      interrupt hit: setRelease ring 0[2] = 5
      push 1: setOpaque ring 0[4] = 1
      push 1: setRelease ring 0[2] = 4
      """;

  /** What happened to the ring, step by step. */
  private static String fromTheStoppedPushOn(Throwable failure) {
    Pattern step = Pattern.compile("cpu 0 +(push 1|interrupt hit) +(\\S+ ring 0.*?) +Objpool");
    StringBuilder told = new StringBuilder();
    String message = String.valueOf(failure.getMessage());
    for (Matcher at = step.matcher(message); at.find(); ) {
      if (at.group(2).startsWith("compareAndExchange") || told.length() > 0) {
        told.append("%s: %s%n".formatted(at.group(1), at.group(2)));
      }
    }
    return told.toString();
  }

  private static PoolUnderTest objpool() {
    return PoolUnderTest.of("objpool", false, Objpool::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("poolsUnderALock")
  void anNmiThatComesUnderTheLockHangs(PoolUnderTest design) {
    assertThatThrownBy(() -> PoolExploration.nested(design, true))
        .hasMessageStartingWith("every CPU waits for another");
  }

  @Test
  void anNmiThatComesWhileItsCpuHoldsTheLockIsRefused() {
    assertThatThrownBy(
            () -> {
              for (int after = 4; ; after++) {
                PoolScene.interrupted(poolsUnderALock().get(0), after, true, "+").bounded(0);
              }
            })
        .hasMessageContaining("self-deadlock: cpu waits for a raw spinlock that it holds itself");
  }

  /**
   * The kernel turns interrupts off for a push, which keeps no NMI away. One that pushes between
   * the exchange of tail and the store of last publishes the entry that is not written yet; then
   * the push that it interrupted moves last back, and what the NMI gave back cannot be found.
   */
  @Test
  void anNmiInAPushOfAnObjpoolLosesAnInstance() {
    assertThatThrownBy(() -> PoolExploration.nested(objpool(), true))
        .isInstanceOf(ScheduleFailedException.class)
        .hasMessageStartingWith("instances lost: left=[1]")
        .satisfies(failure -> assertThat(fromTheStoppedPushOn(failure)).isEqualTo(HAZARD));
  }
}
