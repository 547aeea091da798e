package dev.kretsim.conform.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.conform.recording.ConformResult;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of tracefs and of races: one falsified number is enough to be noted. */
class RaceAndTracefsTest {
  private static final String HEAD =
      """
      {"id":"made_up","theme":"made up","title":"","deterministic":true,"steps":[%s],
       "runs":[{"env":"e","kernel":"%s","online_cpus":2,"possible_cpus":2,"preempt":"voluntary",
                "observed":[%s]}]}
      """;

  @ParameterizedTest(name = "{0}: {1} instead of {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "tracefs_hold_n20_m4|\"missed\":17|\"missed\":16",
        "tracefs_hold_n20_m4|r5:kprobes/ns|r4:kprobes/ns",
        "tracefs_killed|\"hits\":9|\"hits\":8",
        "tracefs_reenable|\"missed\":5|\"missed\":4",
        "tracefs_two_events|\"missed\":3|\"missed\":4",
        "tracefs_module|arg1=0x2f|arg1=0x2e",
        "tracefs_module|vic2: ([unknown/kretprobe'd] <-|vic2: (fire_set+0x4e/0x90 [kro_vic] <-",
        "tracefs_rec|arg1=0x6|arg1=0x5",
        "tracefs_do_exit|\"hits\":1|\"hits\":0",
        "tracefs_do_exit|\"missed\":12|\"missed\":10",
        "tracefs_schedule_bursts|\"missed\":36|\"missed\":37",
        "tracefs_mixed_workload|\"hits\":2476|\"hits\":2475",
        "tracefs_syntax|Invalid maxactive value|Invalid maxactive number",
        "tracefs_syntax|r11:kprobes/e1 vfs_read|r10:kprobes/e1 vfs_read",
        "tracefs_syntax|\"EINVAL\"|\"ENOENT\"",
        "contention_spurious_and_lost|\"nmissed\":3|\"nmissed\":0",
        "contention_spurious_and_lost|\"nmissed\":999999|\"nmissed\":442423",
        "par_quick_m1|\"nmissed\":69882|\"nmissed\":59882",
      })
  void aFalsifiedRecordingIsNoted(String id, String wrong, String right, @TempDir Path folder)
      throws IOException {
    String original = Files.readString(oracle("cases/" + id + ".json")).replace("\": ", "\":");
    int place = original.indexOf(right);
    assertThat(place).as("%s in %s", right, id).isPositive();
    Path file =
        Files.writeString(
            folder.resolve("changed.json"),
            original.substring(0, place) + wrong + original.substring(place + right.length()));
    assertThat(Conformance.of(List.of(file), null).failed()).isNotEmpty();
  }

  @Test
  void aCaretOneCharacterFurtherIsNoted(@TempDir Path folder) throws IOException {
    String original = Files.readString(oracle("cases/tracefs_syntax.json"));
    String changed = original.replaceFirst("( +)\\^", "$1 ^");
    assertThat(changed).isNotEqualTo(original);
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    assertThat(Conformance.of(List.of(file), null).failed())
        .anyMatch(failure -> failure.field().startsWith("error_log"));
  }

  @Test
  void aCounterUnderALockMayForgetNothing(@TempDir Path folder) throws IOException {
    String original = Files.readString(oracle("cases-5.10/par_quick_m1.json"));
    String changed = original.replace("\"nmissed\": 36924", "\"nmissed\": 36923");
    assertThat(changed).isNotEqualTo(original);
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    assertThat(Conformance.of(List.of(file), null).failed())
        .extracting(ConformResult.Failure::field)
        .containsOnly("nmissed");
  }

  @Test
  void aStepWhoseCodeWasNotRecordedIsSkippedForThatReason(@TempDir Path folder) throws IOException {
    ConformResult result =
        replay(
            folder,
            "6.12.117+deb12-amd64",
            "{\"op\":\"call_from_driver_task\",\"function\":\"unheard_of\"},"
                + "{\"op\":\"register_kprobe\",\"id\":0,\"symbol\":\"kro_t_quick\"}",
            "{\"calls\":1},{\"rc\":0}");
    assertThat(result.failed()).isEmpty();
    assertThat(result.passed()).isEqualTo(1);
    assertThat(result.skipped()).singleElement().asString().contains("unheard_of");
  }

  @ParameterizedTest(name = "{0} of {1} on {2}: {3}")
  @CsvSource({
    "kprobe, kro_t_quick, 5.10.0, 0",
    "kprobe, kro_t_quick, 6.12.0, 0",
    "kretprobe, kro_t_quick, 6.1.0, 0",
    "kretprobe, kro_t_quick+0x4, 6.1.0, -22",
    "kretprobe, kro_t_quick+0x4, 6.12.0, 0",
    "kprobe, kro_n_quick+1, 6.1.0, -84",
    "kprobe, jiffies, 6.1.0, -22",
    "kprobe, jiffies, 5.10.0, -22",
    "kprobe, 0x400000, 5.10.0, -22",
    "kprobe, 0x400000, 6.1.0, -2",
    "kretprobe, 0x400000, 5.10.0, -2",
    "kretprobe, ffffffffffff0000, 7.3.4, -2",
  })
  void anAddressAloneIsLookedUp(
      String kind, String address, String kernel, int rc, @TempDir Path folder) throws IOException {
    String step = "{\"op\":\"register_%s\",\"id\":0,\"maxactive\":1,\"addr\":\"%s\"}";
    String answer = rc == 0 ? "{\"rc\":0}" : "{\"rc\":%d,\"addr_after\":\"set\"}".formatted(rc);
    ConformResult result = replay(folder, kernel + "-amd64", step.formatted(kind, address), answer);
    assertThat(result.failed()).isEmpty();
    assertThat(result.passed()).isEqualTo(1);
  }

  @Test
  void symbolAndAddressTogetherAreRefused(@TempDir Path folder) throws IOException {
    String step =
        "{\"op\":\"register_kprobe\",\"id\":0,\"symbol\":\"kro_t_quick\",\"addr\":\"kro_t_quick\"}";
    assertThat(replay(folder, "7.3.4", step, "{\"rc\":-22,\"addr_after\":\"set\"}").failed())
        .isEmpty();
  }

  @Test
  void maxactiveOfARegisteredKretprobeIsReadAtTheNextRegistration(@TempDir Path folder)
      throws IOException {
    ConformResult result =
        replay(
            folder,
            "6.12.0",
            """
            {"op":"register_kretprobe","id":0,"maxactive":2,"symbol":"kro_t_gate"},
            {"op":"poke_maxactive","id":0,"maxactive":10},
            {"op":"start_held_tasks","tag":"A","count":4},{"op":"read_state","id":0},
            {"op":"release_tasks","tag":"A"},{"op":"unregister","id":0},
            {"op":"register_kretprobe","id":0,"again":1,"clraddr":1,"clrflags":1},
            {"op":"start_held_tasks","tag":"B","count":4},{"op":"read_state","id":0}
            """,
            """
            {"rc":0},{"ok":1},{"spawned":4},
            {"maxactive":10,"nmissed":2,"pool":{"free":0,"in_use":2}},{"released":4},{},
            {"rc":0},{"spawned":4},{"maxactive":10,"nmissed":0,"pool":{"free":6,"in_use":4}}
            """);
    assertThat(result.failed()).isEmpty();
  }

  @Test
  void unregisteringAfterItsModuleIsGoneLeavesFlagsAsTheyAre(@TempDir Path folder)
      throws IOException {
    ConformResult result =
        replay(
            folder,
            "6.1.0-56-amd64",
            """
            {"op":"shell","command":"insmod /ko/kro_vic.ko"},
            {"op":"register_kretprobe","id":0,"maxactive":2,"symbol":"vic_target"},
            {"op":"shell","command":"rmmod kro_vic"},{"op":"unregister","id":0}
            """,
            "{},{\"rc\":0},{},{\"flags\":[\"gone\",\"ftrace\",\"on_func_entry\"]}");
    assertThat(result.failed()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"6.1.0-56-arm64", "6.12.0-arm64"})
  void hitsInSequenceWhileSteppingAllCountAsNested(String kernel, @TempDir Path folder)
      throws IOException {
    ConformResult result =
        replay(
            folder,
            kernel,
            """
            {"op":"install_undefined_instruction_skipper(calls)","function":"quick2","count":3},
            {"op":"register_kprobe","id":0,"symbol":"kro_a_udf","offset":4,"has_post_handler":1},
            {"op":"register_kprobe","id":1,"symbol":"kro_t_quick2"},
            {"op":"start_held_tasks","tag":"U","count":1,"function":"udf","wait":0},
            {"op":"read_state","id":1}
            """,
            "{\"ok\":1},{\"rc\":0},{\"rc\":0},{\"spawned\":1},{\"kp_nmissed\":3,\"pre_calls\":0}");
    assertThat(result.failed()).isEmpty();
  }

  @Test
  void aSweepHasAPostHandlerUnlessItSaysOtherwise(@TempDir Path folder) throws IOException {
    String offsets =
        "{\"offsets\":[{\"off\":0,\"rc\":0,\"pre_calls\":8,\"post_calls\":8},"
            + "{\"off\":1,\"rc\":-22}]}";
    String sweep =
        "{\"op\":\"sweep_offsets(all)\",\"function\":\"quick\",\"sym\":\"kro_t_quick\","
            + "\"to\":2,\"step\":1}";
    assertThat(replay(folder, "6.12.0-arm64", sweep, offsets).failed()).isEmpty();
  }

  @ParameterizedTest(name = "a call {0} in place of the site: {1} differences")
  @CsvSource({"97ffe123, 0", "94000001, 0", "d503201f, 1", "14000001, 1"})
  void theTracersCallIsComparedByItsKind(String word, int differences, @TempDir Path folder)
      throws IOException {
    String tracer =
        "{\"op\":\"shell\",\"command\":\"cd /sys/kernel/tracing; echo kro_t_quick >"
            + " set_ftrace_filter; echo function > current_tracer\"},"
            + "{\"op\":\"read_instruction_words\",\"sym\":\"kro_t_quick\",\"count\":2}";
    String words = "{},{\"words\":[\"aa1e03e9\",\"%s\"]}".formatted(word);
    assertThat(replay(folder, "6.1.0-arm64", tracer, words).failed()).hasSize(differences);
  }

  private static ConformResult replay(Path folder, String kernel, String steps, String observed)
      throws IOException {
    Path file = folder.resolve("made_up.json");
    Files.writeString(file, HEAD.formatted(steps, kernel, observed));
    return Conformance.of(List.of(file), null);
  }

  private static Path oracle(String file) {
    try {
      return Path.of(
          Objects.requireNonNull(RaceAndTracefsTest.class.getResource("/oracle/" + file)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
