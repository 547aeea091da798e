package dev.kretsim.workload.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  void timesMayBeSaidAsPlanTakesThem() throws IOException {
    for (String said :
        List.of("p50 80us p99 4ms", "mean 3ms", "lognormal( p50 = 80us, p99 = 4ms )")) {
      Scenario scenario =
          read(
              "functions:\n- name: f\n  body:\n  - sleep "
                  + said
                  + "\nload: [{call: f, calls: 5, think: '"
                  + said
                  + "'}]\n");
      assertThat(scenario.functions().get(0).body())
          .singleElement()
          .isInstanceOf(Scenario.StepSpec.Sleep.class);
      assertThat(scenario.load().get(0).think()).isNotNull();
    }
  }

  @Test
  void aLawCutAtItsCommaIsToBeQuoted() {
    assertThatThrownBy(
            () ->
                read(
                    "functions: [{name: f, body: [sleep p50=80us,p99=4ms]}]\n"
                        + "load: [{call: f, calls: 5}]\n"))
        .hasMessageContaining("two of mean, p50")
        .hasMessageEndingWith("; in [ ] a comma ends a step, so put the step in quotes");
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
        "cpus: 4|cpus: 0|3:7: cpus must be in [1, 8192]: 0",
        "cpus: 4|cpuz: 4|3:1: unknown key: cpuz; the nearest is cpus (of kernel, arch, cpus,",
        "cpus: 4|cpus: four|3:7: cpus must be a whole number: four",
        "cpus: 4|cpus: \"4\"|3:7: cpus must be a whole number: 4",
        "cpus: 4|cpus: 4.0|3:7: cpus must be a whole number: 4.0",
        "cpus: 4|cpus: 010|3:7: cpus must be a whole number: 010",
        "cpus: 4|cpus: [4]|3:7: cpus must be one value: a list",
        "cpus: 4|cpus:|3:6: cpus must be one value: nothing",
        "cpus: 4|cpus: 99999999999999999999|3:7: cpus must be in [1, 8192]: 99999999999999999999",
        "cpus: 4|? [cpus]|3:3: a key must be a word: a list",
        "seed: 9|cpus: 4|5:1: cpus is given twice, first in line 3",
        "name: inner|name: 5|10:11: name must be a text: 5 is a number to YAML; put it in quotes",
        "name: inner|name: on|10:11: name must be a text: on is no plain text to YAML",
        "name: inner|name: ' '|10:11: name must not be empty",
        "name: inner|name: a b|10:11: a name has no blanks and at most 511 letters: a b",
        "name: inner|name: kthread|10:5: kthread is a function of the kernel itself",
        "name: inner|name: kretprobe_trampoline|10:5: kretprobe_trampoline is a function of the"
            + " kernel",
        "name: inner|name: slow_read|10:5: function is defined twice: slow_read",
        "\"5.10\"|\"9.9\"|1:9: kernel must be one of 5.4, 5.10, 5.14, 6.0, 6.1",
        "arm64|mips|2:7: arch must be one of x86_64, arm64: mips",
        "call inner|call outer|8:24: body of slow_read: unknown name outer, known are slow_read,"
            + " inner",
        "call inner|call slow_read|7:5: slow_read calls itself",
        "kretprobe: slow_read|kretprobe: nope|13:5: probes: unknown name nope",
        "kretprobe: slow_read|kprobe: slow_read|14:16: maxactive is of a kretprobe",
        "kretprobe: slow_read|data: 4|13:5: unknown key: data; the nearest is data_size",
        "maxactive: 4|maxactive: -5|14:16: maxactive must be in [0, 1000000]: -5",
        "data_size: 8|data_size: 4097|15:16: data_size must be in [0, 4096]: 4097",
        "decline every 3|decline every 0|16:20: entry_handler is absent, accept",
        "decline every 3|call nope|13:5: entry_handler of slow_read: unknown name nope",
        "decline every 3|call slow_read|13:5: entry_handler of slow_read: it calls slow_read,",
        "spin 300ns|nap 300ns|8:12: a step is spin TIME, sleep TIME or call FUNCTION",
        "spin 300ns|spin 300|8:12: a duration is a number with ns, us, ms or s",
        "spin 300ns|{a: b}|8:12: an item of body must be one value: keys with values",
        "p99=4ms)|p99=4ms|8:36: bracket is not closed: sleep lognormal(p50=80us,p99=4ms",
        "tasks: 20|tasks: 1000001|20:12: tasks must be in [1, 1000000]: 1000001",
        "at: 50ms|at: 50|26:9: at must be a text: 50 is a number to YAML",
        "disable slow_read|kill slow_read|27:9: do is enable, disable or unregister",
        "disable slow_read|kill-task nobody|26:5: events: tasks: unknown name nobody, known are"
            + " reader",
        "calls: 100|calls: 100\\n    duration: 1s|20:5: load needs either calls or duration",
        "do: disable slow_read|do: disable slow_read\\n"
            + "---\\n"
            + "load: []|29:1: a second document begins",
      })
  void aMistakeIsOneLineWithItsPlace(String right, String wrong, String message) {
    assertThat(FULL).contains(right);
    assertThatThrownBy(() -> read(FULL.replace(right, wrong.replace("\\n", "\n"))))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("s.yaml:" + message)
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
        .hasMessage("s.yaml:1:1: load is missing: Who calls what.");
    assertThatThrownBy(() -> read("#".repeat(2 << 20)))
        .hasMessage("s.yaml: a scenario is a YAML file of at most 1 MiB");
  }

  @Test
  void functionsMayNotCallEachOtherInACircleNorTooDeeply() {
    assertThatThrownBy(() -> read(chain(10, "call f3")))
        .hasMessage(
            "s.yaml:5:5: f3 calls itself, through others perhaps: such a call would never end");
    assertThatThrownBy(() -> read(chain(501, "spin 1ns")))
        .hasMessageContaining("calls may be nested 500 deep at most: f500 is deeper");
    assertThatCode(() -> read(chain(500, "spin 1ns"))).doesNotThrowAnyException();
  }

  /** So many functions, each of which calls the next; the last one does that. */
  @Test
  void oneCallMayNotLeadToStepsWithoutEnd() {
    StringBuilder twice = new StringBuilder("functions:\n");
    for (int i = 0; i < 40; i++) {
      twice.append("  - {name: f%d, body: [call f%d, call f%d]}\n".formatted(i, i + 1, i + 1));
    }
    twice.append("  - {name: f40, body: [spin 1ns]}\nload: [{call: f0, calls: 1}]\n");
    assertThatThrownBy(() -> read(twice.toString()))
        .hasMessageContaining(":2:5: one call may lead to 1000000 steps at most")
        .hasMessageContaining("f0 leads to more");
  }

  private static String chain(int functions, String last) {
    StringBuilder yaml = new StringBuilder("functions:\n");
    for (int i = 0; i < functions; i++) {
      String step = i == functions - 1 ? last : "call f" + (i + 1);
      yaml.append("  - {name: f%d, body: [%s]}\n".formatted(i, step));
    }
    return yaml + "load: [{call: f0, calls: 1}]\n";
  }

  @Test
  void theSchemaSaysWhatTheReaderHoldsScenariosTo() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(ScenarioReader.schema());
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.at("/properties/cpus/maximum").asInt()).isEqualTo(8192);
    assertThat(schema.at("/properties/load/items/required/0").asText()).isEqualTo("call");
    assertThat(schema.at("/properties/arch/enum")).hasSize(2);
    assertThat(schema.findValues("description"))
        .allSatisfy(about -> assertThat(about.asText()).endsWith("."));
  }

  @Test
  void theBuiltInScenarioIsValid() throws IOException {
    assertThat(ScenarioReader.builtIn().load()).isNotEmpty();
  }
}
