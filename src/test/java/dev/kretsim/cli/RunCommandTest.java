package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kretsim run} as its users and their scripts see it. */
class RunCommandTest {
  private static JsonNode json(ConsoleRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void withoutAFileABuiltInScenarioRuns() {
    ConsoleRun run = ConsoleRun.of("run");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("seed 1", "slow_read", "All laws hold.");
  }

  @Test
  void jsonHasEveryFieldOfTheContract() throws IOException {
    JsonNode run = json(ConsoleRun.of("run", "--out", "json"));
    assertThat(run.path("schema").asText()).isEqualTo("kretsim.run/1");
    assertThat(run.path("laws").asText()).isEqualTo("hold");
    for (String field : new String[] {"seed", "kernel", "arch", "cpus", "time", "elapsed_ns"}) {
      assertThat(run.has(field)).as(field).isTrue();
    }
    JsonNode probe = run.path("probes").get(0);
    for (String field :
        "symbol type pool maxactive data_size entries handled missed declined still_inside flushed"
            .concat(" orphaned free nmissed kp_nmissed calls_per_s")
            .split(" ", -1)) {
      assertThat(probe.has(field)).as(field).isTrue();
    }
    for (String field : "pool pool_transient nested nmi unregistering".split(" ", -1)) {
      assertThat(probe.path("missed").has(field)).as(field).isTrue();
    }
    assertThat(probe.path("entries").asLong())
        .isEqualTo(probe.path("handled").asLong() + probe.path("missed").path("pool").asLong());
  }

  /** Seconds are played until then: what else makes a run long is AllowedStepsTest's. */
  @Test
  void runsThatTogetherWouldNotEndAreRefusedWithTheirBound() {
    String options = "run --calls 800000 --maxactive 1,2,3,4,5,6,7,8,9,10";
    ConsoleRun run = ConsoleRun.of((Object[]) options.split(" ", -1));
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("no end within", "steps of its functions; ask for fewer");
  }

  @Test
  void severalMaxactivesAreASweepWithTheSameSeed() throws IOException {
    JsonNode sweep = json(ConsoleRun.of("run", "--maxactive", "1,4,20", "--out", "json"));
    assertThat(sweep.path("runs")).hasSize(3);
    for (JsonNode run : sweep.path("runs")) {
      assertThat(run.path("seed").asLong()).isEqualTo(1);
    }
    assertThat(sweep.at("/runs/2/probes/0/nmissed").asLong()).isZero();
  }

  @Test
  void theSameSeedPrintsTheSameAndAnotherSeedDoesNot() {
    String first = ConsoleRun.of("run", "--seed", "7", "--out", "json").out();
    assertThat(ConsoleRun.of("run", "--seed", "7", "--out", "json").out()).isEqualTo(first);
    assertThat(ConsoleRun.of("run", "--seed", "8", "--out", "json").out()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "hlist, tas",
    "hlist, ticket",
    "hlist, queued",
    "freelist, queued",
    "objpool, queued",
    "mpmc, queued",
    "ring, queued",
  })
  void everyPoolAndLockRunsOnRealThreads(String pool, String lock) throws IOException {
    JsonNode run =
        json(
            ConsoleRun.of(
                "run", "--time", "real", "--cpus", "2", "--tasks", "64", "--calls", "10", "--pool",
                pool, "--lock", lock, "--out", "json"));
    assertThat(run.at("/probes/0/pool").asText()).isEqualTo(pool);
    assertThat(run.at("/probes/0/entries").asLong()).isEqualTo(640);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.4", "5.10", "5.14", "6.0", "6.1", "6.1-rt", "6.12", "6.12-rt", "7.3"})
  void everyKernelRunsOnBothArchitectures(String kernel) throws IOException {
    for (String arch : new String[] {"x86_64", "arm64"}) {
      JsonNode run =
          json(ConsoleRun.of("run", "--kernel", kernel, "--arch", arch, "--out", "json"));
      assertThat(run.path("kernel").asText()).isEqualTo(kernel);
      assertThat(run.path("arch").asText()).isEqualTo(arch);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--maxactive -5",
        "--maxactive 16777217",
        "--maxactive 1500000000 --pool hlist",
        "--maxactive 2147483647 --pool hlist",
        "--maxactive four",
        "--cpus 0",
        "--cpus 9000",
        "--tasks 0",
        "--pool treiber",
        "--lock mcs",
        "--kernel seven",
        "--arch riscv",
        "--time imaginary",
        "--calls -1",
        "--duration 5",
        "--duration 5s --calls 3",
        "--out xml",
        "--no-such-option",
        "no-such-file.yaml",
        "--seed one",
        "--perfetto no-such-folder/t.json",
        "--perfetto /",
        "--maxactive 1,2 --perfetto target/trace.json"
      })
  void badUsageIsOneLineAndExitCodeTwo(String arguments) {
    ConsoleRun run = ConsoleRun.of((Object[]) ("run " + arguments).split(" ", -1));
    assertThat(run.refused()).as(run.toString()).isTrue();
  }

  /** The run of ten tasks whose calls take 1 ms, where something happens meanwhile. */
  private static ConsoleRun meanwhile(String event, Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("meanwhile.yaml"),
            """
            cpus: 2
            functions: [{name: f, body: [sleep 1ms]}]
            probes: [{kretprobe: f, maxactive: 20}]
            load: [{tasks: 10, comm: good, call: f, calls: 10}]
            events: [%s]
            """
                .formatted(event));
    return ConsoleRun.of("run", file.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "unregister f, were inside when the probe was unregistered: orphaned.",
    "kill-task good, were inside when their task was killed: flushed.",
  })
  void callsThatNeverCameBackAreSaidBelowTheTable(String action, String says, @TempDir Path folder)
      throws IOException {
    ConsoleRun run = meanwhile("{at: 3.5ms, do: " + action + "}", folder);
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("\n10 calls of f " + says + "\n");
  }

  @Test
  void anEventAfterTheEndIsRemarked(@TempDir Path folder) throws IOException {
    assertThat(meanwhile("{at: 50s, do: disable f}", folder).err())
        .isEqualTo(
            "kretsim: disable f never happens: it is to be after 50.0 s, and the run ends after"
                + " 10.0 ms\n");
    assertThat(meanwhile("{at: 3.5ms, do: disable f}", folder).err()).isEmpty();
  }

  @Test
  void aBrokenScenarioIsOneLineWithItsPlace(@TempDir Path folder) throws IOException {
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {0, 1, 2, (byte) 0xff});
    Path unknown = Files.writeString(folder.resolve("unknown.yaml"), "load: [{call: f, calls: 1}]");
    for (Path file : new Path[] {binary, unknown, folder}) {
      ConsoleRun run = ConsoleRun.of("run", file);
      assertThat(run.refused()).as(run.toString()).isTrue();
      assertThat(run.err()).contains(file.toString());
    }
  }

  @Test
  void anEventThatTheKernelRefusesIsOneLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("twice.yaml"),
            """
            functions: [{name: f, body: [sleep 1ms]}]
            probes: [{kretprobe: f}]
            load: [{call: f, calls: 10}]
            events: [{at: 1ms, do: unregister f}, {at: 2ms, do: disable f}]
            """);
    for (String time : new String[] {"virtual", "real"}) {
      ConsoleRun run = ConsoleRun.of("run", file, "--time", time);
      assertThat(run.refused()).as(run.toString()).isTrue();
      assertThat(run.err()).contains("event on f is refused: EINVAL");
    }
  }

  /** Two CPUs, so that one kernel's default is two instances, and the other's ten. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "5.10, none, 2",
    "5.10, voluntary, 2",
    "5.10, full, 10",
    "5.10, lazy, 10",
    "5.10, realtime, 10",
    "6.12, none, 10"
  })
  void howAKernelPreemptsDecidesTheDefaultOfOldOnes(
      String kernel, String model, int instances, @TempDir Path folder) throws IOException {
    String yaml =
        """
        kernel: "%s"
        cpus: 2
        %s
        functions: [{name: f, body: [spin 1us]}]
        probes: [{kretprobe: f}]
        load: [{call: f, calls: 3}]
        """;
    Path plain = Files.writeString(folder.resolve("plain.yaml"), yaml.formatted(kernel, ""));
    Path file =
        Files.writeString(folder.resolve("own.yaml"), yaml.formatted(kernel, "preempt: " + model));
    String wanted = "\"maxactive\" : " + instances;
    ConsoleRun asOption = ConsoleRun.of("run", plain, "--preempt", model, "--out", "json");
    assertThat(asOption.out()).contains(wanted, "\"preempt\" : \"" + model + "\"");
    assertThat(ConsoleRun.of("run", file, "--out", "json").out()).isEqualTo(asOption.out());
  }

  @Test
  void aDashIsNoScenarioAndIsTold() {
    assertThat(ConsoleRun.of("run", "-").err()).contains("standard input is /dev/stdin");
  }

  @Test
  void anUnknownModelIsRefused() {
    ConsoleRun run = ConsoleRun.of("run", "--preempt", "sometimes");
    assertThat(run.refused()).isTrue();
    assertThat(run.err())
        .contains("--preempt must be one of none, voluntary, full, lazy, realtime");
  }
}
