package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kretsim scale} as its users and their scripts see it. */
class ScaleCommandTest {
  @Test
  void jsonHasEveryFieldOfTheContract() throws IOException {
    ConsoleRun run =
        ConsoleRun.of("scale", "--pool", "freelist", "--threads", "1,4", "--out", "json");
    assertThat(run.code()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("schema").asText()).isEqualTo("kretsim.scale/1");
    assertThat(json.path("machine").asText()).isEqualTo("xeon8260");
    assertThat(json.path("points")).hasSize(2);
    for (String field :
        "pool threads ops_per_s missed_ratio cas_failures_per_op lock_wait_ns fairness"
            .split(" ", -1)) {
      assertThat(json.path("points").get(1).has(field)).as(field).isTrue();
    }
    assertThat(json.at("/points/1/lock_wait_ns").isNull()).isTrue();
  }

  @Test
  void theTableSaysThatItIsSimulatedAndWhatIsUnvalidated() {
    ConsoleRun run = ConsoleRun.of("scale", "--threads", "1,2");
    assertThat(run.out()).contains("seed 1", "simulated", "unvalidated", "hlist", "objpool");
  }

  @Test
  void aPoolThatCannotBeSimulatedIsLeftOutWithOneRemark() {
    ConsoleRun run = ConsoleRun.of("scale", "--pool", "mpmc,ring", "--threads", "2");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("ring").doesNotContain("mpmc");
    assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.startsWith("mpmc is left out"));
  }

  @Test
  void withoutANameEveryPoolThatCanIsShown() {
    ConsoleRun run = ConsoleRun.of("scale", "--threads", "2", "--out", "csv");
    assertThat(run.code()).isZero();
    assertThat(run.out().lines().map(line -> line.split(",", -1)[0]))
        .contains("hlist", "freelist", "objpool", "ring");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--machine mainframe",
        "--pool treiber",
        "--pool mpmc",
        "--lock mutex",
        "--placement anywhere",
        "--threads 0",
        "--threads 97",
        "--threads many",
        "--maxactive 0",
        "--work -1",
        "--work NaN",
        "--out html",
        "--html x",
        "validate",
        "validate --published /nowhere/published.json"
      })
  void badUsageIsOneLineAndExitCodeTwo(String arguments) {
    ConsoleRun run = ConsoleRun.of((Object[]) ("scale " + arguments).split(" ", -1));
    assertThat(run.refused()).as(run.toString()).isTrue();
  }
}
