package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Recommendation.Burst;
import dev.kretsim.plan.advise.ProfilePlanner.Counted;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.trace.Tally;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real kernels needed in bursts lies in the band that is told where bursts are not seen. */
class RecordedBurstsTest {
  private static final double[] TARGETS = {0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 1e-4};
  private static final int[] POOLS = {1, 2, 4, 8};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "traces/k612_kprobe_bursts.txt",
        "traces/k61_kprobe_bursts.txt",
        "traces-5.10/k510_kprobe_bursts.txt",
        "traces-arm64/a612_kprobe_bursts.txt",
        "traces-arm64/a61_kprobe_bursts.txt",
      })
  void theBandOfALoadAndThatOfSnapshotsReachWhatABurstyRecordingNeeded(String name) {
    FunctionPlan recorded = Recordings.only(Recordings.planFile(name));
    assertThat(recorded.recommendation().ifBursty()).as("what is seen is not guessed").isEmpty();
    double load = Objects.requireNonNull(recorded.offeredLoad());
    int beyondRandom = 0;
    for (double target : TARGETS) {
      int needed = needed(recorded, target);
      int atRandom = ErlangB.sizeFor(load, target);
      beyondRandom += needed > atRandom ? 1 : 0;
      assertThat(last(Bursts.of(dispersion -> load, target, atRandom)))
          .as("a described load, target %s", target)
          .isGreaterThanOrEqualTo(needed);
      for (int pool : POOLS) {
        assertThat(last(counted(recorded, pool, target).recommendation().ifBursty()))
            .as("snapshots with a pool of %d, target %s", pool, target)
            .isGreaterThanOrEqualTo(needed);
      }
    }
    assertThat(beyondRandom).as("what calls at random need would not always do").isPositive();
  }

  private static int needed(FunctionPlan recorded, double target) {
    int size = 1;
    while (Recordings.missed(recorded, size) > target * recorded.calls()) {
      size++;
    }
    return size;
  }

  /** What two snapshots of the same calls tell. */
  private static FunctionPlan counted(FunctionPlan recorded, int pool, double target) {
    long missed = Recordings.missed(recorded, pool);
    Counted counted =
        new Counted(
            recorded.function(), recorded.calls() - missed, missed, null, Tally.of("a test"));
    return Recordings.only(
        new ProfilePlanner(BurstsTest.question(target)).plan("p", List.of(counted), pool));
  }

  private static int last(List<Burst> bursts) {
    return bursts.get(bursts.size() - 1).maxactive();
  }
}
