package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --perfetto} writes is what viewers of the Trace Event Format read. */
class TimelineFileTest {
  private static final String BUSY =
      """
      cpus: 2
      functions:
        - {name: f, body: [spin 1us, call g, sleep 50us], returns: 1}
        - {name: g, body: [spin 300ns]}
      probes:
        - {kretprobe: g, maxactive: 1}
        - {kretprobe: f, maxactive: 2, entry_handler: decline every 3}
        - {kretprobe: f, maxactive: 1, entry_handler: call g}
      load:
        - {tasks: 5, comm: reader, call: f, calls: 20, think: 10us}
      events:
        - {at: 600us, do: unregister f}
      """;

  @TempDir private Path folder;

  private List<JsonNode> eventsOf(Object... arguments) throws IOException {
    Path file = folder.resolve("trace.json");
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--perfetto", file));
    ConsoleRun run = ConsoleRun.of(all.toArray());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode trace = new ObjectMapper().readTree(file.toFile());
    assertThat(trace.path("displayTimeUnit").asText()).isEqualTo("ns");
    List<JsonNode> events = new ArrayList<>();
    trace.path("traceEvents").forEach(events::add);
    return events;
  }

  private Path busy() throws IOException {
    return Files.writeString(folder.resolve("busy.yaml"), BUSY);
  }

  private static Stream<JsonNode> of(List<JsonNode> events, String phase) {
    return events.stream().filter(event -> event.path("ph").asText().equals(phase));
  }

  private static void requireValid(List<JsonNode> events) {
    Map<String, Integer> depth = new HashMap<>();
    BigDecimal last = BigDecimal.ZERO;
    for (JsonNode event : events) {
      assertThat(event.path("ph").asText()).isIn("B", "E", "i", "C", "M");
      assertThat(event.path("pid").isInt() && event.path("tid").isInt()).isTrue();
      assertThat(event.path("ts").isNumber()).isTrue();
      BigDecimal at = event.path("ts").decimalValue();
      assertThat(at).isGreaterThanOrEqualTo(last);
      last = at;
      String row = event.path("pid") + "/" + event.path("tid");
      int change =
          switch (event.path("ph").asText()) {
            case "B" -> 1;
            case "E" -> -1;
            default -> 0;
          };
      assertThat(depth.merge(row, change, Integer::sum)).as(row).isNotNegative();
    }
    assertThat(depth.values()).allMatch(open -> open == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "real"})
  void spansAreBalancedOnEveryRowAndTimeNeverGoesBack(String time) throws IOException {
    List<JsonNode> events = eventsOf("run", busy(), "--time", time);
    requireValid(events);
    assertThat(of(events, "B").filter(event -> event.path("name").asText().equals("f")))
        .hasSize(100);
    List<Integer> inUse =
        of(events, "C").map(event -> event.at("/args/instances").asInt()).toList();
    assertThat(inUse).allMatch(instances -> instances >= 0 && instances <= 2).contains(1);
    if (time.equals("virtual")) { // real threads need not overlap
      assertThat(inUse).contains(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "real"})
  void whoIsKilledLeavesNoSpanOpen(String time) throws IOException {
    Path deadly =
        Files.writeString(
            folder.resolve("deadly.yaml"),
            BUSY.replace("unregister f", "kill-task reader").replace("sleep 50us", "sleep 5ms"));
    List<JsonNode> events = eventsOf("run", deadly, "--time", time);
    requireValid(events);
    assertThat(of(events, "i").map(event -> event.path("name").asText()))
        .contains("kill-task reader");
  }

  @Test
  void everyRowHasANameAndNoTwoRowsShareANumber() throws IOException {
    List<JsonNode> events = eventsOf("run", busy());
    Map<Integer, String> names = new HashMap<>();
    of(events, "M")
        .filter(event -> event.path("name").asText().equals("thread_name"))
        .forEach(
            event ->
                assertThat(names.put(event.path("tid").asInt(), event.at("/args/name").asText()))
                    .isNull());
    assertThat(names.values()).contains("cpu 0", "cpu 1", "reader-1", "reader-5");
    of(events, "B").forEach(event -> assertThat(names).containsKey(event.path("tid").asInt()));
  }

  @Test
  void everyFateThatTheRunCountsHasItsInstant() throws IOException {
    List<JsonNode> events = eventsOf("run", busy(), "--out", "json");
    ConsoleRun run = ConsoleRun.of("run", busy(), "--out", "json");
    JsonNode probes = new ObjectMapper().readTree(run.out()).path("probes");
    Map<String, Long> expected = new HashMap<>();
    for (JsonNode probe : probes) {
      String symbol = probe.path("symbol").asText();
      expected.merge("missed: " + symbol, probe.at("/missed/pool").asLong(), Long::sum);
      expected.merge("nested: " + symbol, probe.at("/missed/nested").asLong(), Long::sum);
      expected.merge("declined: " + symbol, probe.path("declined").asLong(), Long::sum);
    }
    assertThat(expected.values()).contains(0L).anyMatch(count -> count > 0);
    expected.forEach(
        (name, count) ->
            assertThat(of(events, "i").filter(event -> event.path("name").asText().equals(name)))
                .as(name)
                .hasSize(count.intValue()));
    assertThat(of(events, "i").map(event -> event.path("name").asText())).contains("unregister f");
  }

  @Test
  void recordingChangesNothingInVirtualTime() throws IOException {
    Path file = folder.resolve("trace.json");
    assertThat(ConsoleRun.of("run", busy(), "--out", "json", "--perfetto", file).out())
        .isEqualTo(ConsoleRun.of("run", busy(), "--out", "json").out());
    String first = Files.readString(file);
    ConsoleRun.of("run", busy(), "--perfetto", file);
    assertThat(Files.readString(file)).isEqualTo(first);
  }

  @Test
  void anExplanationComesWithTheTimelineOfItsRun() throws IOException {
    List<JsonNode> events = eventsOf("explain");
    requireValid(events);
    assertThat(of(events, "i").map(event -> event.path("name").asText()))
        .containsExactly("missed: slow_read");
  }

  @Test
  void nothingIsLeftBehindButTheFile() throws IOException {
    eventsOf("run", busy());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("busy.yaml", "trace.json");
    }
  }
}
