package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kretsim conform} as its users and their scripts see it. */
class ConformCommandTest {
  private static Path recording(String id) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  ConformCommandTest.class.getResource("/oracle/cases/" + id + ".json"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRecordingThatConformsIsExitCodeZero() throws IOException {
    ConsoleRun run = ConsoleRun.of("conform", recording("exhaust_n20_m4"), "--out", "json");
    assertThat(run.code()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("schema").asText()).isEqualTo("kretsim.conform/1");
    assertThat(json.path("cases").asInt()).isEqualTo(1);
    assertThat(json.path("passed").asInt()).isEqualTo(json.path("runs").asInt()).isPositive();
    assertThat(json.path("failed").isArray()).isTrue();
    assertThat(json.path("skipped").isArray()).isTrue();
  }

  @Test
  void oneEnvironmentCanBeAskedFor() {
    ConsoleRun run = ConsoleRun.of("conform", recording("exhaust_n20_m4"), "--env", "k61_smp2");
    assertThat(run.code()).isZero();
    assertThat(run.out()).endsWith("1 recordings, 1 runs: 1 as the kernel, 0 not\n");
  }

  @Test
  void aNumberThatDiffersIsExitCodeOneAndNamed(@TempDir Path folder) throws IOException {
    String changed =
        Files.readString(recording("exhaust_n20_m4")).replace("\"nmissed\": 16", "\"nmissed\": 15");
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    ConsoleRun text = ConsoleRun.of("conform", file);
    assertThat(text.code()).isEqualTo(1);
    assertThat(text.out()).contains("nmissed");
    JsonNode json =
        new ObjectMapper().readTree(ConsoleRun.of("conform", file, "--out", "json").out());
    JsonNode failure = json.path("failed").get(0);
    assertThat(failure.path("case").asText()).isEqualTo("exhaust_n20_m4");
    assertThat(failure.path("expected").asInt()).isEqualTo(15);
    assertThat(failure.path("actual").asInt()).isEqualTo(16);
  }

  @Test
  void nothingReplayedIsExitCodeOneWithTheReason(@TempDir Path folder) throws IOException {
    String changed =
        Files.readString(recording("exhaust_n20_m4"))
            .replaceAll("\"kernel\": \"[^\"]*\"", "\"kernel\": \"minix 3\"");
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    ConsoleRun run = ConsoleRun.of("conform", file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was replayed", "unknown kernel: minix 3");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("times.json"), "{\"rows\":[]}");
    assertThat(ConsoleRun.of("conform", other).code()).isEqualTo(1);
  }

  @Test
  void whatIsNoRecordingIsOneLineAndExitCodeTwo(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("x.json"), "no json");
    assertThat(ConsoleRun.of("conform", text).refused()).isTrue();
    assertThat(ConsoleRun.of("conform", folder.resolve("missing")).refused()).isTrue();
    assertThat(ConsoleRun.of("conform").refused()).isTrue();
    assertThat(ConsoleRun.of("conform", recording("rec_d10_m1"), "--env", "no").refused()).isTrue();
  }
}
