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

  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  /** What each process of the benchmark of pools gets by itself. */
  private static final String EXPORTS = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

  /** A design that needs it, and the benchmark. */
  private static final String EXPORTED = "AGRONA_MANY_TO_MANY";

  private static final String PUSHES = "PoolBenchmark.popAndPush";

  /** A benchmark of which each part has its own options. */
  private static final String WITH_OPTIONS = "ReplicationsBenchmark";

  /** What makes JMH run each benchmark once, and fail if one fails. */
  static final List<String> SHORT = List.of("-wi", "0", "-i", "1", "-r", "50ms", "-foe", "true");

  private static final List<String> TWO_THREADS_SMALL =
      List.of(
          "-t",
          "2",
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
          "-p",
          "cpus=8");

  /** Many times what a run takes; a pool that hangs must fail the build and not stop it. */
  private static final long MINUTES_TO_HANG = 10;

  /** In one process: most of the time went into starting one for each. */
  @Test
  void everyDesignRunsInEveryBenchmark() throws Exception {
    JsonNode results = run("all", List.of(EXPORTS), List.of("-f", "0", "-e", WITH_OPTIONS));
    for (String question : List.of("popAndPush", "popAndPushPinned", "bulk", "overrun")) {
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

    assertThat(scored(results, "SimulationBenchmark", "design"))
        .containsExactlyInAnyOrder(
            "point RING", "point OBJPOOL", "point FREELIST", "point HLIST_QUEUED");
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
  }

  /** Some ask for options of Java, which a process of their own gets. */
  @Test
  void aProcessOfItsOwnHasTheOptionsThatABenchmarkAsksFor() throws Exception {
    JsonNode own =
        run("own", List.of(), List.of("-f", "1", "-jvmArgs", "-Xmx512m " + QUICK, WITH_OPTIONS));
    assertThat(scored(own, "ReplicationsBenchmark", "none"))
        .containsExactlyInAnyOrder("onOneProcessor ", "onTwoProcessors ");
    JsonNode exported =
        run(
            "exported",
            List.of(),
            List.of(
                "-f", "1", "-jvmArgs", "-Xmx512m " + QUICK, "-p", "design=" + EXPORTED, PUSHES));
    assertThat(hitters(exported, PUSHES)).containsExactly(EXPORTED);
  }

  private static JsonNode run(String name, List<String> java, List<String> what) throws Exception {
    Path json = TARGET.resolve("benchmarks-" + name + ".json");
    Path log = TARGET.resolve("benchmarks-" + name + ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", QUICK, "-Djmh.ignoreLock=true"));
    command.addAll(java);
    command.addAll(List.of("-jar", TARGET.resolve("benchmarks.jar").toString()));
    command.addAll(SHORT);
    command.addAll(TWO_THREADS_SMALL);
    command.addAll(List.of("-rf", "json", "-rff", json.toString()));
    command.addAll(what);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(MINUTES_TO_HANG, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended).as("ended: " + Files.readString(log)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return new ObjectMapper().readTree(json.toFile());
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
