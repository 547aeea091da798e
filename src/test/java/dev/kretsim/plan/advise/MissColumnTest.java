package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelRelease;
import dev.kretsim.plan.Growth;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Tool;
import dev.kretsim.trace.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that show no miss of the pool are told from those of the same version that do. */
class MissColumnTest {
  private static PlanQuestion of(String release) {
    PlanQuestion usual = PlanQuestion.usual();
    return new PlanQuestion(
        List.of(),
        usual.target(),
        usual.confidence(),
        KernelRelease.of(release).version(),
        usual.preemption(),
        4,
        0,
        Growth.NONE,
        10,
        usual.mapEntries(),
        Tool.TRACEFS,
        release);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "5.10.0",
        "5.10.1",
        "5.10.46",
        "5.10.93",
        "5.10.93-custom",
        "5.10.0-11-amd64",
        "5.10.47-39.130.amzn2.x86_64",
        "5.10-rc3",
        "5.10.0-rc3",
        "Linux host 5.10.46-x #1 SMP x86_64",
        "5.15.0-91-generic",
        "4.19.0"
      })
  void beforeTheFixAnEmptyPoolDoesNotShow(String release) {
    assertThat(MissColumn.of(of(release))).isEqualTo(MissColumn.NESTING_ONLY);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "5.10",
        "5.10.94",
        "5.10.100",
        "5.10.262",
        "5.10.0-12-amd64",
        "5.10.0-46-amd64",
        "5.10.0-1045-oem",
        "5.10.136-android12",
        "6.1.0",
        "6.12"
      })
  void sinceTheFixMissesOfThePoolCount(String release) {
    assertThat(MissColumn.of(of(release))).isEqualTo(MissColumn.BOTH);
  }

  @Test
  void countsOfSuchAKernelAreRefusedByItsRelease() {
    assertThatThrownBy(
            () ->
                new ProfilePlanner(of("5.10.46"))
                    .plan(
                        "p",
                        List.of(
                            new ProfilePlanner.Counted("f", 90_000, 0, null, Tally.of("a test"))),
                        10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("kprobe_profile of 5.10.46 counts")
        .hasMessageContaining("count on 5.10.94");
  }
}
