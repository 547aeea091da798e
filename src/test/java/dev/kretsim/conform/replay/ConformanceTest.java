package dev.kretsim.conform.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.Readme;
import dev.kretsim.conform.recording.ConformResult;
import dev.kretsim.conform.recording.Recording;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulated kernel does what real kernels did: every recorded number of every recorded step. */
class ConformanceTest {
  private static final Path ORACLE = oracle();

  private static Path oracle() {
    try {
      return Path.of(Objects.requireNonNull(ConformanceTest.class.getResource("/oracle")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Path> replayedRecordings() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(ORACLE)) {
      files =
          all.filter(file -> file.toString().endsWith(".json"))
              .filter(file -> Recording.read(file).kind() != Recording.Kind.ELSEWHERE)
              .sorted()
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(400);
    return files.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replayedRecordings")
  void everyRunIsAsTheKernelWas(Path file) {
    ConformResult result = Conformance.of(List.of(file), null);
    assertThat(result.failed()).isEmpty();
    assertThat(result.skipped()).isEmpty();
    assertThat(result.passed()).isEqualTo(result.runs()).isPositive();
  }

  /** None is played again for it: each of them is, above, and is equal. */
  @Test
  void thePageSaysHowManyThereAre() throws IOException {
    int runs =
        replayedRecordings()
            .filter(file -> ORACLE.relativize(file).toString().startsWith("cases"))
            .mapToInt(file -> Recording.read(file).runs().size())
            .sum();
    assertThat(Readme.page("accuracy.md"))
        .contains("%d of %d recorded runs are equal".formatted(runs, runs));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "\"nmissed\": 16",
        "\"ret_calls\": 4",
        "\"free\": 4",
        "\"ret\": 1019",
        "\"in_use\": 4"
      })
  void aRecordingWithOneOtherNumberIsNotedAsDifferent(String number, @TempDir Path folder)
      throws IOException {
    String original = Files.readString(ORACLE.resolve("cases/exhaust_n20_m4.json"));
    int at = original.lastIndexOf("\"observed\"");
    int place = original.indexOf(number, at);
    assertThat(place).isPositive();
    String changed =
        original.substring(0, place) + number + "9" + original.substring(place + number.length());
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    assertThat(Conformance.of(List.of(file), null).failed()).isNotEmpty();
  }

  @Test
  void handlersInAnotherOrderAreNotedAsDifferent(@TempDir Path folder) throws IOException {
    String original =
        Files.readString(ORACLE.resolve("cases/three_kretprobes_same_symbol_order.json"));
    String changed = original.replaceFirst("\"k\": \"E\",\\s*\"p\": 2", "\"k\": \"E\", \"p\": 0");
    assertThat(changed).isNotEqualTo(original);
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    assertThat(Conformance.of(List.of(file), null).failed())
        .anyMatch(failure -> failure.field().endsWith(": p"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"op\":\"spawn\",\"count\":1e300}', 'count must be in [0, 100000]'",
    "'{\"op\":\"spawn\",\"count\":\"x\"}', 'count must be a number: \"x\"'",
    "'{\"op\":\"register_kretprobe\",\"maxactive\":1099511627776}', maxactive must be in",
    "'{\"op\":\"sweep\",\"step\":0}', 'step must be in [1, 100000]'",
    "'{\"op\":\"parallel_calls\",\"threads\":8000,\"count\":9999}', threads times count",
    "'{\"op\":\"call\",\"function\":\"rec\",\"argument\":100000000}', argument of rec",
  })
  void whatWouldNotEndIsRefused(String step, String message, @TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("much.json"),
            "{\"id\":\"x\",\"theme\":\"y\",\"runs\":[],\"steps\":[" + step + "]}");
    assertThatThrownBy(() -> Conformance.of(List.of(file), null))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNoRecordingIsRefusedByName(@TempDir Path folder) throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\n \"id\": \n");
    Path other = Files.writeString(folder.resolve("other.json"), "[]");
    assertThatThrownBy(() -> Conformance.of(List.of(broken), null))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(broken + ":")
        .hasMessageContaining("not a recording");
    assertThatThrownBy(() -> Conformance.of(List.of(other), null))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(other + ":");
    assertThatThrownBy(() -> Conformance.of(List.of(folder.resolve("none")), null))
        .isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> Conformance.of(List.of(ORACLE.resolve("cases")), "k999"))
        .hasMessageContaining("k999");
  }

  @Test
  void otherJsonInAFolderOfRecordingsIsPassedOverByName(@TempDir Path folder) throws IOException {
    Files.copy(ORACLE.resolve("cases/exhaust_n20_m4.json"), folder.resolve("exhaust.json"));
    Path times = Files.writeString(folder.resolve("times.json"), "{\"cols\":[\"id\"],\"rows\":[]}");
    ConformResult result = Conformance.of(List.of(folder), null);
    assertThat(result.failed()).isEmpty();
    assertThat(result.cases()).isEqualTo(1);
    assertThat(result.skipped())
        .singleElement()
        .satisfies(
            skip -> {
              assertThat(skip.id()).isEqualTo("times.json");
              assertThat(skip.why()).startsWith("no recording");
            });
    assertThatThrownBy(() -> Conformance.of(List.of(times), null))
        .hasMessageContaining("not a recording");
  }

  private static final String HEAD =
      """
      {"id":"made_up","theme":"made up","title":"","deterministic":true,"steps":[%s],
       "runs":[{"env":"e","kernel":"%s","online_cpus":2,"possible_cpus":2,"preempt":"voluntary",
                "observed":[%s]}]}
      """;

  private static ConformResult replay(Path folder, String kernel, String steps, String observed)
      throws IOException {
    Path file = folder.resolve("made_up.json");
    Files.writeString(file, HEAD.formatted(steps, kernel, observed));
    return Conformance.of(List.of(file), null);
  }

  private static final String CALL = "{\"op\":\"call\",\"function\":\"quick\",\"argument\":1}";

  @Test
  void everyStepNeedsAnAnswerAndEveryAnswerAStep(@TempDir Path folder) throws IOException {
    String kernel = "6.12.117+deb12-amd64";
    assertThat(replay(folder, kernel, CALL, "{}").failed()).isEmpty();
    assertThat(replay(folder, kernel, CALL + "," + CALL, "{}").failed())
        .extracting(ConformResult.Failure::field)
        .containsExactly("answers");
    assertThat(replay(folder, kernel, CALL, "{},{}").failed())
        .extracting(ConformResult.Failure::field)
        .containsExactly("answers");
  }

  @Test
  void whereNothingCanBeComparedTheReasonIsSaid(@TempDir Path folder) throws IOException {
    ConformResult noSteps = replay(folder, "6.12.1", "", "{}");
    assertThat(noSteps.runs()).isZero();
    assertThat(noSteps.skipped().get(0).why()).isEqualTo("e: it has no steps");
    ConformResult noAnswers = replay(folder, "6.12.1", CALL, "");
    assertThat(noAnswers.runs()).isZero();
    assertThat(noAnswers.skipped().get(0).why()).isEqualTo("e: no answers were recorded");
  }

  private static ConformResult replayLines(Path folder, String entries) throws IOException {
    Path file = folder.resolve("lines.json");
    Files.writeString(
        file,
        """
        {"id":"made_up","theme":"made up","kernels":{"k612_smp2":"6.12.1"},"entries":[%s]}
        """
            .formatted(entries));
    return Conformance.of(List.of(file), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"result\":[\"EINVAL\"],\"errno\":[22]}|",
        "{\"result\":[\"EINVAL\"],\"errno\":[7]}|errno 0",
        "{\"result\":[\"EPERM\"],\"errno\":[22]}|result 0",
        "null|result 0",
      })
  void ofARefusedLineNameAndNumberAreCompared(String answer, String field, @TempDir Path folder)
      throws IOException {
    String entry = "{\"lines\":[\"q:e vfs_read\"],\"files\":[\"kprobe_events\"],\"k612_smp2\":%s}";
    assertThat(replayLines(folder, entry.formatted(answer)).failed())
        .extracting(ConformResult.Failure::field)
        .isEqualTo(field == null ? List.of() : List.of(field));
  }

  @Test
  void aRecordingOfNoLinesIsNotReplayed(@TempDir Path folder) throws IOException {
    assertThat(replayLines(folder, "").runs()).isZero();
  }

  @Test
  void aRunMustSayItsEnvironment(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("none.json"),
            "{\"id\":\"x\",\"theme\":\"y\",\"steps\":[],\"runs\":[{\"kernel\":\"6.12.1\"}]}");
    assertThatThrownBy(() -> Conformance.of(List.of(file), null))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("env");
  }

  @Test
  void aProbeOnTheTrampolineIsHitByEveryFollowedCall(@TempDir Path folder) throws IOException {
    ConformResult result =
        replay(
            folder,
            "6.1.0-56-arm64",
            """
            {"op":"register_kretprobe","id":0,"maxactive":2,"symbol":"kro_t_quick"},
            {"op":"register_kprobe","id":1,"symbol":"__kretprobe_trampoline","has_post_handler":1},
            {"op":"call_from_driver_task","function":"quick","count":3},
            {"op":"read_state","id":1}
            """,
            """
            {"rc":0},{"rc":0},{"calls":3,"first_ret":11},
            {"symbol":"__kretprobe_trampoline","pre_calls":3,"post_calls":3}
            """);
    assertThat(result.failed()).isEmpty();
    assertThat(result.passed()).isEqualTo(1);
  }

  /** Words 1, the ftrace site, and the load that may fault take no probe. */
  @ParameterizedTest
  @CsvSource({"6.1.0-56-arm64, 60", "6.12.117+deb12-arm64, 56"})
  void aLoadOfGetUserThatMayFaultTakesNoProbe(String kernel, int load, @TempDir Path folder)
      throws IOException {
    String offsets =
        IntStream.range(0, 18)
            .map(word -> 4 * word)
            .mapToObj(at -> "{\"off\":%d,\"rc\":%d}".formatted(at, at == 4 || at == load ? -22 : 0))
            .collect(Collectors.joining(","));
    ConformResult result =
        replay(
            folder,
            kernel,
            "{\"op\":\"sweep_offsets(one probe at a"
                + " time)\",\"function\":\"getuser\",\"sym\":\"kro_t_getuser\",\"to\":72}",
            "{\"unprobed_results\":[-14,-14,-14,-14,-14,-14,-14,-14],\"offsets\":[%s]}"
                .formatted(offsets));
    assertThat(result.failed()).isEmpty();
    assertThat(result.passed()).isEqualTo(1);
  }

  @Test
  void hitsByTheRestOfAKernelAreNotComparedButReturnCodesAre(@TempDir Path folder)
      throws IOException {
    String steps = "{\"op\":\"register_kprobe\",\"id\":0,\"symbol\":\"do_exit\"}";
    String answer = "{\"rc\":%d,\"symbol\":\"do_exit\",\"pre_calls\":99}";
    assertThat(replay(folder, "5.10.0", steps, answer.formatted(0)).failed()).isEmpty();
    assertThat(replay(folder, "5.10.0", steps, answer.formatted(-22)).failed()).hasSize(1);
  }

  @Test
  void aModuleTakesItsProbesAlongWhenItIsUnloaded(@TempDir Path folder) throws IOException {
    ConformResult result =
        replay(
            folder,
            "6.1.0-56-amd64",
            """
            {"op":"shell","command":"insmod /ko/kro_vic.ko"},
            {"op":"register_kretprobe","id":0,"maxactive":2,"symbol":"vic_target"},
            {"op":"shell","command":"rmmod kro_vic"},
            {"op":"read_state","id":0},{"op":"enable","id":0},{"op":"disable","id":0}
            """,
            """
            {},{"rc":0},{},{"ret_calls":1,"flags":["gone","ftrace","on_func_entry"]},
            {"rc":-22},{"rc":0}
            """);
    assertThat(result.failed()).isEmpty();
  }
}
