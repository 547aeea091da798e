package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kretsim import} as its users see it. */
class ImportCommandTest {
  @TempDir private Path folder;

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String withoutSource(String json) {
    return json.replaceAll("\"source\" : \".*\"", "")
        .replaceAll("(?s)\"counted\" : \\{.*?\"resolution_ns\" : \\w+\\s*\\},", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nanosleep-bursts", "mixed-events", "mixed-graph"})
  void thePlanOfImportedCallsIsThatOfTheTrace(String sample) {
    Path calls = folder.resolve("x.calls");
    ConsoleRun run = ConsoleRun.of("import", "sample:" + sample, "--out", calls);
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("x.calls: ", " calls of ", " bytes");
    assertThat(withoutSource(ConsoleRun.of("plan", calls, "--out", "json").out()))
        .isEqualTo(withoutSource(ConsoleRun.of("plan", "sample:" + sample, "--out", "json").out()));
  }

  @Test
  void anExistingFileIsReplacedOnlyByForce() throws IOException {
    Path calls = Files.writeString(folder.resolve("x.calls"), "mine");
    ConsoleRun refused = ConsoleRun.of("import", "sample:nanosleep-bursts", "--out", calls);
    assertThat(refused.refused()).isTrue();
    assertThat(refused.err()).contains("x.calls: exists already", "--force");
    assertThat(calls).hasContent("mine");
    assertThat(ConsoleRun.of("import", "sample:nanosleep-bursts", "--force", "--out", calls).code())
        .isZero();
    assertThat(ConsoleRun.of("plan", calls).code()).isZero();
  }

  @Test
  void aTraceThatCannotBeReadLeavesNothingBehind() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "1,2,a,f\n5,6");
    ConsoleRun run = ConsoleRun.of("import", bad, "--out", folder.resolve("x.calls"));
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("bad.csv:2: the last line is cut off");
    assertThat(left()).containsExactly("bad.csv");
  }

  @Test
  void whatTellsNoCallsIsRefused() {
    Path counters =
        Path.of(
            Objects.requireNonNull(
                    ImportCommandTest.class.getResource("/trace-formats/profile-after.txt"))
                .getPath());
    ConsoleRun run = ConsoleRun.of("import", counters, "--out", folder.resolve("x.calls"));
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("tells no single calls (profile)");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaid() {
    for (Path out : List.of(folder, folder.resolve("none/x.calls"))) {
      ConsoleRun run = ConsoleRun.of("import", "sample:nanosleep-bursts", "--out", out);
      assertThat(run.refused()).as(out.toString()).isTrue();
    }
    assertThat(ConsoleRun.of("import", "sample:nanosleep-bursts").refused()).isTrue();
  }
}
