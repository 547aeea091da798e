package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.benchmarks.result.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A machine that changes for a while costs tries, and not the whole run. */
class SteadyWindowsTest {
  private static final Optional<String> CHANGED = Optional.of("a line took 25.3 ns, then 27.3 ns");

  private final List<String> log = new ArrayList<>();
  private final List<Score> taken = new ArrayList<>();
  private int looks;

  private static Score score(double ns) {
    return new Score("scale", "b", 1, Score.paramsOf(), List.of(List.of(ns)), 0, 0);
  }

  /** What each look finds is its own number. */
  private Optional<String> take(int wanted, int steadyFrom) throws Exception {
    return new SteadyWindows(
            () -> {
              looks++;
              return new SteadyWindows.Seen(
                  List.of(score(looks)), looks < steadyFrom ? CHANGED : Optional.empty(), false);
            },
            log::add)
        .take(wanted, taken::add);
  }

  @Test
  void whatWasFoundWhileTheMachineChangedIsThrownAwayAndLookedForAgain() throws Exception {
    assertThat(take(2, 4)).isEmpty();
    assertThat(taken).containsExactly(score(4), score(5));
    assertThat(log).hasSize(5);
    assertThat(log.get(0)).contains("window 1, at most 20", "27.3 ns");
  }

  @Test
  void afterTwentyTriesNothingIsTakenAndItIsSaid() throws Exception {
    assertThat(take(3, 19))
        .contains("the machine changed in all but 2 of 20 windows, and 3 are wanted");
    assertThat(looks).isEqualTo(20);
    assertThat(taken).isEmpty();
  }

  @Test
  void aMachineThatIsNeverIdleIsNotTriedAgain() throws Exception {
    Optional<String> why =
        new SteadyWindows(
                () -> {
                  looks++;
                  return SteadyWindows.Seen.nothing();
                },
                log::add)
            .take(1, taken::add);
    assertThat(why).hasValueSatisfying(text -> assertThat(text).contains("never 90 % idle"));
    assertThat(looks).isEqualTo(1);
  }
}
