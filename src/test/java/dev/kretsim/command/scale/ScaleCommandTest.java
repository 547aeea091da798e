package dev.kretsim.command.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void theDiagnosisNamesTheLinesThatThreadsWaitFor() throws IOException {
    ConsoleRun run =
        ConsoleRun.of("scale", "--pool", "freelist", "--threads", "8", "--out", "json");
    JsonNode point = new ObjectMapper().readTree(run.out()).at("/points/0");
    assertThat(point.path("diagnosis").asText())
        .contains("of the time is spent waiting", "for head", "between sockets");
    double byLevel = 0;
    for (JsonNode level : point.path("line_transfers_by_level")) {
      byLevel += level.asDouble();
    }
    assertThat(byLevel).isCloseTo(point.path("line_transfers_per_op").asDouble(), within(1e-9));
    assertThat(point.path("queue_length").asDouble()).isBetween(1.0, 8.0);
  }

  @Test
  void onlyWhatWasPublishedIsNotCalledUnvalidated() {
    ConsoleRun hits =
        ConsoleRun.of(
            "scale", "--workload", "hits", "--work", "880", "--threads", "2", "--out", "csv");
    assertThat(hits.out().lines().skip(1))
        .allSatisfy(
            line ->
                assertThat(line.contains(",true,"))
                    .isEqualTo(line.startsWith("freelist") || line.startsWith("objpool")));
    ConsoleRun loop = ConsoleRun.of("scale", "--threads", "2", "--out", "csv");
    assertThat(loop.out().lines().skip(1)).allMatch(line -> line.contains(",false,"));
  }

  @Test
  void anUncalibratedMachineIsShownWithABand() throws IOException {
    ConsoleRun run =
        ConsoleRun.of(
            "scale",
            "--machine",
            "graviton2",
            "--pool",
            "freelist",
            "--threads",
            "32",
            "--out",
            "json");
    JsonNode point = new ObjectMapper().readTree(run.out()).at("/points/0");
    assertThat(point.path("low").asDouble()).isLessThan(0.9 * point.path("ops_per_s").asDouble());
    assertThat(point.path("high").asDouble()).isGreaterThan(point.path("ops_per_s").asDouble());
  }

  @Test
  void threadsRunOnTheCpusThatAreNamed() {
    ConsoleRun near = placed("0-1");
    ConsoleRun far = placed("0,24");
    assertThat(opsPerSecond(near)).isGreaterThan(1.1 * opsPerSecond(far));
  }

  private static ConsoleRun placed(String cpus) {
    return ConsoleRun.of(
        "scale", "--pool", "freelist", "--threads", "2", "--placement", cpus, "--out", "csv");
  }

  private static double opsPerSecond(ConsoleRun run) {
    return Double.parseDouble(run.out().lines().toList().get(1).split(",", -1)[3]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bulk 8",
        "--bulk 3 --nested",
        "--return-elsewhere",
        "--bulk 4 --maxactive 6",
        "--inside exponential(mean=2us)",
        "--before 100 --inside 50ns --after 10",
        "--workload raw --sharing items",
        "--sharing handlers"
      })
  void everyPoolRunsEveryWorkload(String arguments) {
    ConsoleRun run =
        ConsoleRun.of((Object[]) ("scale --threads 3 --out csv " + arguments).split(" ", -1));
    assertThat(run.code()).as(run.toString()).isZero();
    boolean overrun = arguments.contains("maxactive");
    assertThat(run.out().lines().skip(1))
        .hasSize(4)
        .allMatch(line -> Double.parseDouble(line.split(",", -1)[4]) > 0.01 == overrun);
  }

  @Test
  void whatIsMeasuredHereDescribesAMachineToSimulate(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("here.yaml");
    ConsoleRun measured = ConsoleRun.of("scale", "measure", "--accesses", "200", "--output", file);
    assertThat(measured.code()).as(measured.toString()).isZero();
    assertThat(Files.readString(file)).contains("rmw: {value: ", "measured: median of", "assumed");
    ConsoleRun used =
        ConsoleRun.of(
            "scale", "--machine", file, "--pool", "ring", "--threads", "1", "--out", "json");
    JsonNode json = new ObjectMapper().readTree(used.out());
    assertThat(json.path("machine").asText()).isEqualTo("here");
    assertThat(json.path("calibrated").asBoolean()).isFalse();
    assertThat(json.at("/points/0/ops_per_s").asDouble()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "measure --accesses 0",
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
        "--bulk 0",
        "--bulk 65",
        "--inside 5parsecs",
        "--inside 3000h",
        "--inside lognormal(p50=1s,p99=1h)",
        "--threads 2,2",
        "--published /nowhere/published.json",
        "--sharing secrets",
        "--placement 0-96",
        "--placement 1,1",
        "--placement 0-1 --threads 3",
        "--workload idle",
        "--out html",
        "validate",
        "validate --published /nowhere/published.json"
      })
  void badUsageIsOneLineAndExitCodeTwo(String arguments) {
    ConsoleRun run = ConsoleRun.of((Object[]) ("scale " + arguments).split(" ", -1));
    assertThat(run.refused()).as(run.toString()).isTrue();
  }
}
