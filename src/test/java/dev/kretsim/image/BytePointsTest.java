package dev.kretsim.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kretsim events check} on a function's bytes. */
class BytePointsTest {
  @Test
  void areTriedWithoutAnImage() {
    ConsoleRun run =
        ConsoleRun.of(
            "events",
            "check",
            "--bytes",
            "f30f1efa 0f1f440000 4889f8 4801d8 31c0 c3 cc",
            "--symbol",
            "f",
            "--kernel",
            "6.12",
            "--out",
            "json");
    assertThat(run.code()).isZero();
    assertThat(Images.answers(Images.json(run).at("/functions/0")))
        .isEqualTo("0=ftrace 4=ftrace 9=jump 12=jump 15=int3 17=int3");
    assertThat(Images.json(run).at("/functions/0/size").asInt()).isEqualTo(19);
  }

  @Test
  void beforeKernelsKnewOfLandingPadsTheyWereInstructions() {
    ConsoleRun run =
        ConsoleRun.of(
            "events",
            "check",
            "--bytes",
            "f30f1efa0f1f440000c3",
            "--symbol",
            "f",
            "--kernel",
            "5.10",
            "--out",
            "json");
    assertThat(Images.answers(Images.json(run).at("/functions/0")))
        .isEqualTo("0=int3 4=ftrace 9=int3");
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"xyz", " ", "abc"})
  void mustBePairsOfHexDigits(String hex) {
    ConsoleRun run = ConsoleRun.of("events", "check", "--bytes", hex, "--symbol", "f");
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("--bytes must be pairs of hex digits");
  }

  @Test
  void needAName() {
    assertThat(ConsoleRun.of("events", "check", "--bytes", "c3").refused()).isTrue();
    assertThat(ConsoleRun.of("events", "check", "--symbol", "f").refused()).isTrue();
  }
}
