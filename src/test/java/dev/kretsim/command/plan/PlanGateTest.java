package dev.kretsim.command.plan;

import static dev.kretsim.command.plan.PlanRuns.assertRefused;
import static dev.kretsim.command.plan.PlanRuns.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import org.junit.jupiter.api.Test;

/** The plan as a check of a script or a build server. */
class PlanGateTest {
  private static final String SAMPLE = "sample:nanosleep-bursts";

  @Test
  void leavesWithOneWhenTheMissRatioIsAbove() {
    ConsoleRun run = plan(SAMPLE, "--maxactive", "4", "--fail-above", "30%");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("hrtimer_nanosleep: misses 0.514 of its calls with maxactive 4, above 0.300\n");
  }

  @Test
  void leavesWithZeroWhenItIsNot() {
    ConsoleRun run = plan(SAMPLE, "--maxactive", "11", "--fail-above", "0");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aFailureOfFewCallsSaysThatItIsNotSure() {
    ConsoleRun run = plan(SAMPLE, "--maxactive", "4", "--fail-above", "0.5");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("above 0.500 (too few calls to be sure: 0.331 - 0.697 in the long run)");
  }

  @Test
  void theUpperBoundFailsATraceThatIsTooShortToTellAndSaysSo() {
    ConsoleRun run = plan(SAMPLE, "--maxactive", "11", "--fail-above", "1%", "--fail-on", "upper");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("misses 0 of its calls with maxactive 11, but 72 calls are too few to tell");
    assertThat(
            plan(SAMPLE, "--maxactive", "11", "--fail-above", "10%", "--fail-on", "upper").code())
        .isZero();
  }

  @Test
  void quietPrintsOnlyWhatFails() {
    ConsoleRun fine = plan(SAMPLE, "--maxactive", "11", "--fail-above", "0", "--quiet");
    assertThat(fine.out()).isEmpty();
    assertThat(fine.err()).isEmpty();
    ConsoleRun bad = plan(SAMPLE, "--maxactive", "1", "--fail-above", "0", "--quiet");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err().lines()).hasSize(1);
  }

  @Test
  void buildServersGetAnnotationsAndTestReports() {
    ConsoleRun bad =
        plan(SAMPLE, "--maxactive", "1", "--fail-above", "0", "--out", "github", "--quiet");
    assertThat(bad.out())
        .isEqualTo(
            "::error title=maxactive of hrtimer_nanosleep::hrtimer_nanosleep misses 0.847 of its"
                + " calls with maxactive 1, above 0\n");
    assertThat(plan(SAMPLE, "--out", "github").out())
        .startsWith("::notice title=maxactive of hrtimer_nanosleep::")
        .contains("set maxactive = 72");
    assertThat(plan(SAMPLE, "--maxactive", "1", "--fail-above", "0", "--out", "junit").out())
        .contains("tests=\"1\" failures=\"1\"", "<failure message=\"hrtimer_nanosleep misses");
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    assertRefused(plan(SAMPLE, "--fail-above", "0.1"), "--fail-above needs --maxactive");
    assertRefused(
        plan(SAMPLE, "--maxactive", "1", "--fail-above", "2"), "--fail-above must be from 0 to 1");
    assertRefused(
        plan(SAMPLE, "--maxactive", "1", "--fail-above", "0", "--fail-on", "uper"),
        "did you mean upper?");
  }
}
