package dev.kretsim.workload.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenario files: what they can say, and how a mistake is reported. */
class ScenarioReaderTest {
  private static final String FULL =
      """
      kernel: "5.10"
      arch: arm64
      cpus: 4
      time: real
      seed: 9
      functions:
        - name: slow_read
          body: [spin 300ns, call inner, sleep lognormal(p50=80us,p99=4ms)]
          returns: 42
        - name: inner
          body: [spin 50ns]
      probes:
        - kretprobe: slow_read
          maxactive: 4
          data_size: 8
          entry_handler: decline every 3
        - kprobe: inner
          offset: 0
      load:
        - tasks: 20
          comm: reader
          call: slow_read
          calls: 100
          think: exponential(mean=1ms)
      events:
        - at: 50ms
          do: disable slow_read
      """;

  private static Scenario read(String yaml) throws IOException {
    return ScenarioReader.read(
        "s.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aScenarioSaysAllThis() throws IOException {
    Scenario scenario = read(FULL);
    assertThat(scenario.kernel()).isEqualTo(KernelVersion.V5_10);
    assertThat(scenario.realTime()).isTrue();
    assertThat(scenario.functions().get(0).body()).hasSize(3);
    assertThat(scenario.functions().get(0).returns()).isEqualTo(42);
    assertThat(scenario.probes())
        .containsExactly(
            new Scenario.ProbeSpec.OnReturn(
                "slow_read", 4, 8, new Scenario.EntryRule.DeclineEvery(3)),
            new Scenario.ProbeSpec.OnEntry("inner", 0));
    assertThat(scenario.load().get(0).calls()).hasValue(100);
    assertThat(scenario.events())
        .containsExactly(
            new Scenario.EventSpec.OfProbe(
                50_000_000, Scenario.EventSpec.OfProbe.Action.DISABLE, "slow_read"));
  }

  @Test
  void tasksAreKilledByName() throws IOException {
    assertThat(read(FULL.replace("disable slow_read", "kill-task reader")).events())
        .containsExactly(new Scenario.EventSpec.KillTask(50_000_000, "reader"));
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cpus: 4|cpus: 0|s.yaml: cpus must be in [1, 8192]: cpus=0",
        "cpus: 4|cpuz: 4|s.yaml: unknown key: cpuz",
        "cpus: 4|cpus: four|s.yaml: cpus must be a whole number: four",
        "\"5.10\"|\"9.9\"|s.yaml: kernel must be one of 5.4, 5.10, 5.14, 6.1, 6.1-rt, 6.12,"
            + " 6.12-rt, 7.3: kernel=9.9",
        "arm64|mips|s.yaml: arch must be one of x86_64, arm64: arch=mips",
        "call inner|call outer|s.yaml: body of slow_read: unknown name outer",
        "kretprobe: slow_read|kretprobe: nope|s.yaml: probes: unknown name nope",
        "maxactive: 4|maxactive: -5|s.yaml: probes 1: maxactive must be in [0, 2147483647]",
        "data_size: 8|data_size: 4097|s.yaml: probes 1: data_size must be in [0, 4096]",
        "decline every 3|decline every 0|s.yaml: entry_handler is absent, accept",
        "decline every 3|call nope|s.yaml: entry_handler of slow_read: unknown name nope",
        "decline every 3|call slow_read|s.yaml: entry_handler of slow_read: it calls slow_read,",
        "spin 300ns|nap 300ns|s.yaml: a step is spin TIME, sleep TIME or call FUNCTION",
        "spin 300ns|spin 300|s.yaml: a duration is a number with ns, us, ms or s",
        "p99=4ms)|p99=4ms|s.yaml: functions 1: body: bracket is not closed",
        "disable slow_read|kill slow_read|s.yaml: events 1: do is enable, disable or unregister",
        "disable slow_read|kill-task nobody|s.yaml: events: no task is called nobody; load has reader",
        "calls: 100|calls: 100, duration: 1s|s.yaml:",
      })
  void aMistakeIsOneLineWithItsPlace(String right, String wrong, String message) {
    assertThat(FULL).contains(right);
    assertThatThrownBy(() -> read(FULL.replace(right, wrong)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void whatIsNoYamlOrNoScenarioIsRefused() {
    assertThatThrownBy(() -> read("a: [1"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("s.yaml:");
    assertThatThrownBy(() -> read("")).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> read("\u0000\u0001\u0002")).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> read("cpus: 4"))
        .hasMessage("s.yaml: load is empty: nothing would run");
    assertThatThrownBy(() -> read("#".repeat(2 << 20)))
        .hasMessage("s.yaml: a scenario is a YAML file of at most 1 MiB");
  }

  @Test
  void theBuiltInScenarioIsValid() throws IOException {
    assertThat(ScenarioReader.builtIn().load()).isNotEmpty();
  }
}
