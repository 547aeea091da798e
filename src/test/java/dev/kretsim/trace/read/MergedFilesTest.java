package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of one trace read as the whole trace would. */
class MergedFilesTest {
  @TempDir private Path folder;

  private Path[] files(List<StringBuilder> texts) throws IOException {
    List<Path> files = new ArrayList<>();
    for (StringBuilder text : texts) {
      files.add(Files.writeString(folder.resolve("cpu" + files.size()), text));
    }
    return files.toArray(Path[]::new);
  }

  private static String calls(Path... files) {
    try (TraceSource source = Samples.source(files)) {
      return CallsOf.told(new TraceReader(source, null).read(CallsOf::new).consumer());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace-cmd.txt", "perf-script-chains.txt", "graph-abstime.txt"})
  void aTraceCutIntoFilesReadsAsBefore(String name) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<StringBuilder> parts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        parts.add(new StringBuilder());
      }
      int part = 0;
      for (String line : Samples.text(name).lines().toList()) {
        boolean record = line.matches(".*\\d+\\.\\d{6,9}(:| \\|).*");
        part = record ? random.nextInt(3) : part;
        parts.get(part).append(line).append('\n');
      }
      assertThat(calls(files(parts))).as("seed %d", seed).isEqualTo(calls(Samples.file(name)));
    }
  }

  @Test
  void callsAreMergedByTheirEntries() throws IOException {
    Path[] files =
        files(
            List.of(
                new StringBuilder("1000,9000,a,f\n5000,6000,b,f\n"),
                new StringBuilder("2000,3000,c,f\n7000,8000,a,g\n")));
    assertThat(calls(files)).isEqualTo("+0.1@1 +0.1@2 -0.1@3 +0.1@5 -0.1@6 +1.1@7 -1.1@8 -0.1@9");
  }

  @Test
  void aFileWithoutEventsIsSaidAndTheOthersAreRead() throws IOException {
    Path[] files =
        files(
            List.of(
                new StringBuilder("# tracer: nop\n#\n"),
                new StringBuilder("a-1 [0] 0.000001: e: (f+0x0/0x10)\n")));
    try (TraceSource source = Samples.source(files)) {
      TraceReader.Reading<CallsOf> reading = new TraceReader(source, null).read(CallsOf::new);
      assertThat(CallsOf.told(reading.consumer())).isEqualTo("+0.1@1");
      assertThat(reading.findings().remarks())
          .containsExactly(files[0] + ": warning: has no entry or return of a function");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"# tracer: nop\n#\n", "[ ... 12 lines removed ... ]\n"})
  void aFileThatHoldsSeveralRecordingsIsRefusedBesideOthers(String between) throws IOException {
    String entry = "a-1 [000] 100.0001: e: (f+0x0/0x10)\n";
    String exit = "a-1 [000] 200.0001: r: (g+0x4/0x10 <- f)\n";
    String other = "b-2 [001] 100.0002: e: (f+0x0/0x10)\n";
    Path[] files =
        files(List.of(new StringBuilder(entry + between + exit), new StringBuilder(other)));
    assertThatThrownBy(() -> calls(files))
        .hasMessageStartingWith(files[0] + ":")
        .hasMessageContaining("another recording begins")
        .hasMessageContaining("give this one alone");
    assertThat(calls(files[0])).doesNotContain("-0.1@200");
  }

  @Test
  void headersOfCpusThatFollowEachOtherAreNoRecordingsOfTheirOwn() throws IOException {
    String header = "# tracer: nop\n#\n";
    String text =
        header
            + "a-1 [000] 1.000001: e: (f+0x0/0x10)\n"
            + header
            + "a-1 [001] 1.000003: r: (g+0x4/0x10 <- f)\n";
    Path[] files =
        files(
            List.of(
                new StringBuilder(text),
                new StringBuilder("b-2 [002] 1.000002: e: (f+0x0/0x10)\n")));
    assertThat(calls(files)).isEqualTo("+0.1@1000001 +0.1@1000002 -0.1@1000003");
  }

  @Test
  void filesOfDifferentFormatsAreRefused() {
    assertThatThrownBy(
            () -> calls(Samples.file("trace-cmd.txt"), Samples.file("graph-abstime.txt")))
        .hasMessageContaining("graph-abstime.txt: is function_graph, but")
        .hasMessageContaining("trace-cmd");
  }

  @Test
  void damageIsSaidOfTheFileItIsIn() throws IOException {
    Path[] files =
        files(
            List.of(
                new StringBuilder("1,2,a,f\n7,8,a,f\n"),
                new StringBuilder("3,4,b,f\n?,?\n5,6,a,f\n")));
    try (TraceSource source = Samples.source(files)) {
      assertThat(new TraceReader(source, null).read(CallsOf::new).findings().remarks())
          .singleElement()
          .asString()
          .startsWith(files[1] + ":2: warning: a damaged line");
    }
  }
}
