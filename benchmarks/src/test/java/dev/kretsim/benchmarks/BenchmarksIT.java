package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.benchmarks.peer.Contenders;
import dev.kretsim.benchmarks.peer.Design;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Every benchmark runs, keeps the laws and hits what it is meant to hit. No figure is judged, so
 * other benchmarks on the machine do no harm.
 */
class BenchmarksIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /** Many times what a run takes; a pool that hangs must fail the build and not stop it. */
  private static final long MINUTES_TO_HANG = 10;

  @Test
  void everyDesignRunsInEveryBenchmark() throws Exception {
    Path json = TARGET.resolve("benchmarks-smoke.json");
    Path log = TARGET.resolve("benchmarks-smoke.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djmh.ignoreLock=true",
                    "-jar",
                    TARGET.resolve("benchmarks.jar").toString(),
                    "-f",
                    "1",
                    "-wi",
                    "0",
                    "-i",
                    "1",
                    "-r",
                    "50ms",
                    "-t",
                    "2",
                    "-foe",
                    "true",
                    "-jvmArgs",
                    "-Xmx512m -XX:TieredStopAtLevel=1",
                    "-p",
                    "capacity=16",
                    "-p",
                    "holdTokens=0",
                    "-p",
                    "bulk=8",
                    "-p",
                    "memory=REAL",
                    "-p",
                    "load=4",
                    "-p",
                    "functions=8",
                    "-rf",
                    "json",
                    "-rff",
                    json.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(MINUTES_TO_HANG, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended).as("ended: " + Files.readString(log)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();

    JsonNode results = new ObjectMapper().readTree(json.toFile());
    for (String question : List.of("popAndPush", "bulk", "overrun")) {
      assertThat(hitters(results, "PoolBenchmark." + question))
          .as(question)
          .containsExactlyInAnyOrderElementsOf(Contenders.names());
    }
    assertThat(hitters(results, "MigrateBenchmark.handOver"))
        .containsExactlyInAnyOrderElementsOf(designs());
    assertThat(scored(results, "LockBenchmark", "guard")).hasSameSizeAs(Guard.values());
    List<String> probed = designs();
    probed.remove(Design.FLOOR.label());
    assertThat(hitters(results, "HitBenchmark.hit")).containsExactlyInAnyOrderElementsOf(probed);

    assertThat(scored(results, "ReplayBenchmark", "load"))
        .containsExactlyInAnyOrder("floor 4", "wholeCurve 4", "wholeCurveByQueue 4", "onePoint 4");
    for (String hold : List.of("EXPONENTIAL", "LOGNORMAL")) {
      assertThat(scored(results, "PlannerBenchmark", "hold"))
          .contains(
              "floor " + hold,
              "wholeCurve " + hold,
              "wholeCurveByCalendar " + hold,
              "oneSizeByHeap " + hold,
              "oneSizeByQueue " + hold,
              "oneSizeBySsj " + hold,
              "oneSizeBySsjOurDraws " + hold,
              "oneSizeByMasonOurDraws " + hold);
    }
    assertThat(scored(results, "ReplicationsBenchmark", "none"))
        .containsExactlyInAnyOrder("onOneProcessor ", "onTwoProcessors ");
  }

  private static List<String> designs() {
    return new ArrayList<>(Design.all().stream().map(Design::label).toList());
  }

  /** The designs that had hits in a benchmark. */
  private static Set<String> hitters(JsonNode results, String benchmark) {
    Set<String> hitters = new TreeSet<>();
    for (JsonNode result : results) {
      if (result.path("benchmark").asText().endsWith("." + benchmark)
          && result.at("/secondaryMetrics/hits/score").asDouble() > 0) {
        hitters.add(result.path("params").path("design").asText());
      }
    }
    return hitters;
  }

  private static Set<String> scored(JsonNode results, String benchmark, String parameter) {
    Set<String> scored = new TreeSet<>();
    for (JsonNode result : results) {
      String name = result.path("benchmark").asText();
      if (name.contains("." + benchmark + ".")
          && result.at("/primaryMetric/score").asDouble() > 0) {
        scored.add(
            name.substring(name.lastIndexOf('.') + 1)
                + " "
                + result.path("params").path(parameter).asText());
      }
    }
    return scored;
  }
}
