package dev.kretsim.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.trace.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan says what was counted, from which lines, and which it left out. */
class PlanCountedTest {
  private static final String EVENTS =
      """
      # tracer: nop
      #
      #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
                 wl-dd-2607    [000] .....   140.000001: in: (vfs_read+0x4/0x370)
                 wl-dd-2607    [000] .....   140.000001: out: (ksys_read+0x6f/0xf0 <- vfs_read)
                 wl-dd-2607    [000] d....   140.000002: sched_switch: prev_comm=a next_comm=b
                 wl-dd-2607    [000] .....   140.000003: in: (vfs_read+0x4/0x370)
      some words that are no line of a trace
                 wl-dd-2607    [000] .....   140.000003: out: (ksys_read+0x6f/0xf0 <- vfs_read)
                 wl-dd-2607    [000] .....   140.000009: in: (vfs_write+0x4/0x370)
                 wl-dd-2607    [000] .....   140.000019: other: (ksys_write+0x6f/0xf0 <- vfs_write)
      """;

  @TempDir private Path folder;

  private JsonNode json(Object... arguments) throws IOException {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "plan";
    all[1] = "--out";
    all[2] = "json";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    ConsoleRun run = ConsoleRun.of(all);
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private Path events() throws IOException {
    return Files.writeString(folder.resolve("events.txt"), EVENTS);
  }

  @Test
  void ofEventsItNamesThemAndCountsLinesEntriesAndReturns() throws IOException {
    JsonNode plan = json(events());
    assertThat(plan.path("functions").path(0).path("counted").toString())
        .isEqualTo(
            "{\"sources\":[\"in\",\"out\"],\"lines\":11,\"left_out\":2,\"left_out_why\":"
                + "[{\"reason\":\"damaged\",\"lines\":1},"
                + "{\"reason\":\"neither an entry nor a return\",\"lines\":1}],"
                + "\"entries\":2,\"returns\":2,\"histogram_calls\":null,\"resolution_ns\":1000}");
    JsonNode whole = plan.path("counted");
    assertThat(whole.path("sources").toString()).isEqualTo("[\"in\",\"out\",\"other\"]");
    assertThat(whole.path("entries").asInt()).isEqualTo(3);
    assertThat(whole.path("returns").asInt()).isEqualTo(3);
    assertThat(whole.path("lines").asInt()).isEqualTo(11);
  }

  @Test
  void whatStampsCannotShowIsToldAsThat() throws IOException {
    String told =
        ConsoleRun.of("plan", "--function", "vfs_read", events()).out().replaceAll("\\s+", " ");
    assertThat(told)
        .contains("half stayed inside below 1 us")
        .contains(
            "From in, out: 2 entries and 2 returns in 11 lines; left out: 1 (damaged), 1 (neither"
                + " an entry nor a return).");
  }

  /** The difference of both is what was lost, beside those that are seen in part. */
  @Test
  void entriesWithoutReturnsAreLostOrUnfinished() throws IOException {
    JsonNode function = json(Samples.file("events-small-pools.txt")).path("functions").path(0);
    JsonNode counted = function.path("counted");
    assertThat(counted.path("entries").asInt() - counted.path("returns").asInt())
        .isPositive()
        .isEqualTo(function.path("unfinished").asInt() + function.path("lost_exits").asInt());
  }

  @Test
  void ofMapsAndSnapshotsItNamesWhatWentIn() throws IOException {
    JsonNode map =
        json(
                Samples.file("bpftrace-hist.txt"),
                "--rate",
                "1000/s",
                "--function",
                "vfs_read",
                "--possible-cpus",
                "4")
            .path("counted");
    assertThat(map.path("sources").toString()).isEqualTo("[\"@us[vfs_read]\"]");
    assertThat(map.path("histogram_calls").asInt()).isEqualTo(160);
    assertThat(map.path("entries").isNull()).isTrue();
    JsonNode snapshots =
        json(
                Samples.file("profile-before.txt"),
                Samples.file("profile-after.txt"),
                "--maxactive",
                "4",
                "--function",
                "vfs_read")
            .path("counted");
    assertThat(snapshots.path("sources").toString())
        .isEqualTo("[\"vfs_read_in\",\"vfs_read_out\"]");
    assertThat(snapshots.path("entries").asInt()).isEqualTo(1238);
    assertThat(snapshots.path("returns").asInt()).isEqualTo(1238);
  }

  /** Comments and blank lines are read, and tell neither. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "events-5.10-tgid",
        "events-irqinfo-tgid",
        "events-latency",
        "events-noirqinfo-tgid",
        "events-small-pools",
        "perf-script-ns",
      })
  void everyLineIsAnEntryAReturnOrLeftOut(String name) throws IOException {
    String text = Files.readString(Samples.file(name + ".txt"));
    String other = "  wl-1  [000] d....   999999.000002: sched_switch: prev_comm=a next_comm=b\n";
    String events = name.startsWith("perf") ? "" : other.repeat(5);
    for (String whole : List.of(text, "words\nmore words\n" + text + events + "words\n")) {
      JsonNode counted = json(Files.writeString(folder.resolve("t.txt"), whole)).path("counted");
      long silent = whole.lines().filter(line -> line.isBlank() || line.startsWith("#")).count();
      assertThat(counted.path("lines").asLong()).isEqualTo(whole.lines().count());
      assertThat(
              silent
                  + counted.path("left_out").asLong()
                  + counted.path("entries").asLong()
                  + counted.path("returns").asLong())
          .isEqualTo(whole.lines().count());
    }
  }

  @Test
  void ofADescribedLoadNothingWasCounted() throws IOException {
    JsonNode counted = json("--rate", "100/s", "--hold", "1ms").path("counted");
    assertThat(counted.path("sources").toString()).isEqualTo("[\"described load\"]");
    assertThat(counted.path("lines").isNull()).isTrue();
    assertThat(counted.path("left_out").asInt()).isZero();
  }
}
