package dev.kretsim.workload.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.workload.scenario.Scenario;
import dev.kretsim.workload.scenario.ScenarioReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run takes no more steps than it may, whatever it is that makes it long. */
class AllowedStepsTest {
  private static final String SHORT = "tasks: 3, calls: 10";

  private static Scenario scenario(int cpus, String load) throws IOException {
    String text =
        """
        cpus: %d
        functions: [{name: f, body: [spin 1us]}]
        probes: [{kretprobe: f}]
        load: [{call: f, %s}]
        """
            .formatted(cpus, load);
    return ScenarioReader.read(
        "test.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static long taken(List<Scenario> scenarios) {
    AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    Simulation.runAll(scenarios, left);
    return Long.MAX_VALUE - left.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls: 100000000", "duration: 1000s", "tasks: 100000, calls: 1"})
  void aRunThatWouldNotEndIsRefused(String load) throws IOException {
    List<Scenario> endless = List.of(scenario(4, load));
    AtomicLong left = new AtomicLong(10_000);
    assertThatThrownBy(() -> Simulation.runAll(endless, left))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no end within");
  }

  @Test
  void severalRunsTakeFromTheSame() throws IOException {
    Scenario one = scenario(4, SHORT);
    long alone = taken(List.of(one));
    assertThat(taken(Collections.nCopies(3, one))).isEqualTo(3 * alone);
    AtomicLong enoughForTwo = new AtomicLong(2 * alone);
    Simulation.runAll(Collections.nCopies(2, one), enoughForTwo);
    assertThat(enoughForTwo).hasValue(0);
    assertThatThrownBy(() -> Simulation.runAll(List.of(one), enoughForTwo))
        .hasMessageContaining("no end within");
  }

  /** Where many CPUs are looked at in each, a step takes longer and counts for more. */
  @Test
  void aStepOnManyCpusCountsForMore() throws IOException {
    assertThat(taken(List.of(scenario(1000, SHORT))))
        .isGreaterThan(5 * taken(List.of(scenario(4, SHORT))));
  }
}
