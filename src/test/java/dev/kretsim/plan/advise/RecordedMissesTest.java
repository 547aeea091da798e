package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.plan.FunctionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real kernels missed is what the plan says they miss, for every size they were run with. */
class RecordedMissesTest {
  private static final List<String> FOLDERS = List.of("cases", "cases-5.10", "cases-arm64");

  static Stream<String> schedules() {
    return FOLDERS.stream()
        .flatMap(
            folder ->
                Stream.of("bursts", "poisson_light", "recursive_mix")
                    .map(name -> folder + "/schedule_" + name + ".json"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schedules")
  void aScheduleAsCallsGivesTheRecordedMisses(String name) {
    JsonNode recording = Recordings.json(name);
    assertThat(recording.at("/setup/entry_handler").asText()).isEqualTo("accept all");
    FunctionPlan plan = Recordings.only(Recordings.planText(asCalls(recording)));
    List<int[]> runs = runs(recording);
    assertThat(runs).hasSizeGreaterThan(15);
    for (int[] run : runs) {
      assertThat(Recordings.missed(plan, run[0])).as("maxactive %d", run[0]).isEqualTo(run[1]);
    }
    assertThat(plan.curve().size())
        .isEqualTo(recording.get("peak_concurrency_with_unlimited_pool").asInt());
    assertThat(Recordings.missed(plan, plan.curve().size())).isZero();
    assertThat(plan.recommendation().safeBound()).isGreaterThanOrEqualTo(plan.curve().size());
  }

  private static String asCalls(JsonNode recording) {
    StringBuilder calls = new StringBuilder("entry_ns,exit_ns,task,function\n");
    for (JsonNode arrival : recording.at("/setup/arrivals")) {
      long entryNs = arrival.get(1).asLong() * 1000;
      long exitNs = entryNs + arrival.get(2).asLong() * 1000;
      for (int depth = 0; depth < arrival.get(3).asInt(); depth++) {
        calls.append(entryNs + "," + exitNs + "," + arrival.get(0).asInt() + ",kro_t_hold\n");
      }
    }
    return calls.toString();
  }

  private static List<int[]> runs(JsonNode recording) {
    List<int[]> runs = new ArrayList<>();
    for (JsonNode run : recording.get("runs")) {
      Iterable<JsonNode> probes = run.has("probes") ? run.get("probes") : List.of(run);
      for (JsonNode probe : probes) {
        runs.add(new int[] {probe.get("maxactive").asInt(), probe.get("nmissed").asInt()});
      }
    }
    return runs;
  }

  static Stream<String> tracedSchedules() {
    return FOLDERS.stream()
        .flatMap(
            folder ->
                Stream.of("bursts", "poisson_light")
                    .map(name -> folder + "/tracefs_schedule_" + name + ".json"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tracedSchedules")
  void aTraceWithAnUnlimitedPoolGivesTheMissesOfTheSmallOnes(String name) {
    for (JsonNode run : Recordings.json(name).get("runs")) {
      FunctionPlan plan = Recordings.only(Recordings.planFile(run.get("trace_file").asText()));
      Map<Integer, Long> recorded = new TreeMap<>();
      Map<Integer, Long> planned = new TreeMap<>();
      for (JsonNode small : run.get("runs_with_small_pools")) {
        int maxactive = small.get("maxactive").asInt();
        boolean lateArrival = !small.get("equals_counting_model").asBoolean();
        recorded.put(maxactive, small.get("missed").asLong() + (lateArrival ? 1 : 0));
        planned.put(maxactive, Recordings.missed(plan, maxactive));
      }
      assertThat(recorded).hasSize(5);
      assertThat(planned).as(run.get("trace_file").asText()).isEqualTo(recorded);
    }
  }
}
