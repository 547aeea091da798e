package dev.kretsim.command.plan;

import static dev.kretsim.command.plan.PlanRuns.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What contention on a machine that is named adds to a plan. */
class PlanMachineTest {
  private static final String CONTENTION = "contention between 96 threads alone";

  private static JsonNode made(String... options) throws IOException {
    List<Object> words =
        Stream.concat(
                Stream.of("--hold", "exponential(mean=5us)", "--calls", "20000", "--out", "json"),
                Stream.of(options))
            .map(Object.class::cast)
            .toList();
    return new ObjectMapper()
        .readTree(plan(words.toArray()).out())
        .at("/functions/0/recommendation");
  }

  @Test
  void instancesThatWaitForTheLockAreToldWhereTheyMakeAPlannedPoolMiss() throws IOException {
    String why =
        made("--rate", "2000000/s", "--kernel", "5.10", "--machine", "xeon8260")
            .get("why")
            .asText();
    assertThat(why).contains("on xeon8260, " + CONTENTION, "seed 1", "unvalidated").endsWith(").");
  }

  @Test
  void onlyTheBusiestFunctionsAreSimulatedAndItIsSaid(@TempDir Path folder) throws IOException {
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < 510; i++) {
      calls.append("%d,%d,t,f%d\n".formatted(10_000 * i, 10_000 * i + 900, i % 51));
    }
    Path trace = Files.writeString(folder.resolve("many.csv"), calls);
    ConsoleRun many = plan(trace, "--machine", "laptop2");
    assertThat(many.code()).isZero();
    assertThat(many.err())
        .contains("remark: contention on laptop2 was simulated for the 50 busiest of 51 functions");
    assertThat(many.out()).contains("f0 ");
    assertThat(plan(trace, "--machine", "laptop2", "--function", "f50").err())
        .doesNotContain("simulated for");
  }

  @Test
  void nothingIsToldWhereCallsAreFewOrNoMachineIsNamed() throws IOException {
    assertThat(
            made("--rate", "20000/s", "--kernel", "5.10", "--machine", "xeon8260")
                .get("why")
                .asText())
        .doesNotContain("contention");
    assertThat(made("--rate", "2000000/s", "--kernel", "5.10").get("why").asText())
        .doesNotContain("contention");
  }

  @Test
  void theMachineSaysHowManyCpusThereAre() throws IOException {
    assertThat(made("--rate", "20000/s", "--machine", "xeon8336c").get("default_maxactive").asInt())
        .isEqualTo(256);
    assertThat(
            made("--rate", "20000/s", "--machine", "xeon8336c", "--possible-cpus", "4")
                .get("default_maxactive")
                .asInt())
        .isEqualTo(10);
  }

  @Test
  void aMachineThatNobodyKnowsIsRefused() {
    assertThat(plan("--rate", "500/s", "--hold", "1ms", "--machine", "mainframe").refused())
        .isTrue();
  }
}
