package dev.kretsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which questions are taken, and how shares are written in the answers. */
class PlanQuestionTest {
  private static PlanQuestion question(
      double target,
      double confidence,
      int cpus,
      int dataSize,
      double growth,
      int maxactive,
      int mapEntries) {
    return new PlanQuestion(
        List.of(),
        target,
        confidence,
        KernelVersion.newest(),
        Preemption.VOLUNTARY,
        cpus,
        dataSize,
        new Growth(growth, false),
        maxactive,
        mapEntries,
        Tool.TRACEFS,
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-300, 1e-9, 1, 0, 1, 1, 1",
    "0.999999, 0.999999, 8192, 4096, 1000, 2147483647, 2147483647",
  })
  void theFarthestValuesAreTaken(
      double target,
      double confidence,
      int cpus,
      int dataSize,
      double growth,
      int maxactive,
      int mapEntries) {
    PlanQuestion taken =
        question(target, confidence, cpus, dataSize, growth, maxactive, mapEntries);
    assertThat(taken.possibleCpus()).isEqualTo(cpus);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0.5|1|0|1|1|1|--target must be between 0 and 1, both excluded: 0.0",
        "1|0.5|1|0|1|1|1|--target must be between 0 and 1, both excluded: 1.0",
        "NaN|0.5|1|0|1|1|1|--target must be between 0 and 1, both excluded: NaN",
        "0.5|0|1|0|1|1|1|--confidence must be between 0 and 1, both excluded: 0.0",
        "0.5|1|1|0|1|1|1|--confidence must be between 0 and 1, both excluded: 1.0",
        "0.5|0.5|0|0|1|1|1|--possible-cpus must be from 1 to 8192: 0",
        "0.5|0.5|8193|0|1|1|1|--possible-cpus must be from 1 to 8192: 8193",
        "0.5|0.5|1|-1|1|1|1|--data-size must be from 0 to 4096: -1",
        "0.5|0.5|1|4097|1|1|1|--data-size must be from 0 to 4096: 4097",
        "0.5|0.5|1|0|0.99|1|1|--growth must be from 1x to 1000x: 0.99",
        "0.5|0.5|1|0|1000.5|1|1|--growth must be from 1x to 1000x: 1000.5",
        "0.5|0.5|1|0|NaN|1|1|--growth must be from 1x to 1000x: NaN",
        "0.5|0.5|1|0|1|0|1|--maxactive must be at least 1: 0",
        "0.5|0.5|1|0|1|1|0|--map-size must be at least 1: 0",
      })
  void whatLiesBeyondIsRefusedInALineThatNamesTheBound(
      double target,
      double confidence,
      int cpus,
      int dataSize,
      double growth,
      int maxactive,
      int mapEntries,
      String message) {
    assertThatThrownBy(
            () -> question(target, confidence, cpus, dataSize, growth, maxactive, mapEntries))
        .isInstanceOf(BadInputException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.8471, 0.847",
    "0.001, 0.001",
    "0.00099, 9.9e-4",
    "0.000031, 3.1e-5",
    "1e-4, 1e-4",
    "1.23e-12, 1.2e-12",
  })
  void aShareIsPlainDownToAThousandthAndAPowerBelow(double share, String text) {
    assertThat(Ratio.text(share)).isEqualTo(text);
  }

  @Test
  void theUsualQuestionAsksNothingSpecial() {
    PlanQuestion usual = PlanQuestion.usual();
    assertThat(usual.functions()).isEmpty();
    assertThat(usual.maxactive()).isNull();
    assertThat(usual.growth().isGiven()).isFalse();
  }
}
