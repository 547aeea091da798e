package dev.kretsim.paste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What log collectors and other tools put before each line is taken off, and nothing else. */
class LinePrefixTest {
  private static final List<List<String>> TEXTS =
      List.of(
          List.of(
              "# tracer: nop",
              "          wk-101     [000] ....1   100.000100: ain: (fn_a+0x4/0x90)",
              "          <idle>-0   [001] d.h.1   100.000300: ain: (fn_a+0x4/0x90)"),
          List.of(
              "  10.000100 |   0)    wk-101   |               |  fn_a() {",
              "  10.000120 |   0)    wk-101   | ! 100.000 us  |    leaf();",
              "  10.000150 |   0)    wk-101   | + 50.000 us   |  }"),
          List.of(
              "@us[fn_a]:",
              "[4, 8)                10 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|",
              "[8, 16)                5 |@@@@@@@@@@@@@@@@                    |",
              "[16, 32)               1 |@@                                  |"),
          List.of(
              "     usecs               : count     distribution",
              "         0 -> 1          : 0        |                    |",
              "         2 -> 3          : 10       |********************|"));

  static Stream<Path> recorded() throws IOException {
    try (Stream<Path> files = Files.walk(Samples.file("graph-abstime.txt").getParent(), 1)) {
      return files.filter(Files::isRegularFile).toList().stream();
    }
  }

  /** %d is the line's number. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Nov 29 08:00:%02d host app[12]: ",
        "Nov  9 08:00:%02d host kernel: [   12.3456%02d] ",
        "Nov 29 08:00:%02d host kernel: ",
        "2026-11-29T08:00:%02d.123456+01:00 host app[12]: ",
        "2026-11-29T08:00:00.12345678%dZ ",
        "2026-11-29 08:00:%02d,123 ",
        "[2026-11-29 08:00:%02d] ",
        "[Sun Nov 29 08:00:%02d 2026] ",
        "Nov 29 08:00:%02d ",
        "08:00:%02d ",
        "[   12.3456%02d] ",
        "[   12.3456%02d][    T1] ",
        "<4>[   12.3456%02d] ",
        "6,12%02d,123456,-;",
        "[pod/tracer-x7k2p/main] ",
        "tracer_1  | ",
        "%d:",
        "%d-",
        "trace.txt:%d:",
        "/sys/kernel/tracing/trace-%d-",
        "trace.txt:",
        "%6d\t",
        "%4d  ",
        "%d | ",
        "+",
        "| ",
        "// ",
        " * ",
        "\u001b[36mtracer_1  |\u001b[0m ",
        "> Nov 29 08:00:%02d host app[12]: ",
      })
  void isTakenOff(String prefix) throws IOException {
    for (List<String> lines : TEXTS) {
      String text =
          IntStream.range(0, lines.size())
              .mapToObj(i -> String.format(Locale.ROOT, prefix, i + 1, i + 1) + lines.get(i))
              .collect(Collectors.joining("\n", "", "\n"));
      assertThat(read(text).lines().map(String::strip))
          .containsExactlyElementsOf(lines.stream().map(String::strip).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void aRecordedTraceHasNone(Path file) throws IOException {
    assertThat(LinePrefix.of(Files.readString(file).lines().limit(60))).isEmpty();
  }

  @Test
  void aNumberThatDoesNotRiseIsNoLinesNumber() {
    assertThat(LinePrefix.of(Stream.of("5:a", "6:b", "6:c"))).isEmpty();
    assertThat(LinePrefix.of(Stream.of("5:a", "6:b", "7:c"))).isNotEmpty();
  }

  @Test
  void textAboveAndBelowHasNoNumbers() {
    List<String> numbered = List.of("5:a-1 [0] 1.000001: x", "6:b-1", "7:c-1");
    assertThat(LinePrefix.of(numbered.stream())).containsExactly(LinePrefix.FOUND_AT);
    Stream<String> within =
        Stream.of(List.of("Hi,", "I saw this:"), numbered, List.of("Any idea?", "Jane"))
            .flatMap(List::stream);
    assertThat(LinePrefix.of(within)).containsExactly(LinePrefix.FOUND_AT);
    assertThat(LinePrefix.of(Stream.of("5:a", "6:b", "some text", "7:c"))).isEmpty();
  }

  @Test
  void theBoundsOfRowsThatStandAloneAreNoLinesNumbers() {
    assertThat(
            LinePrefix.of(Stream.of("  0 -> 1  : 0  ||", "  2 -> 3  : 5  |*|", "  4 -> 7 : 1 ||")))
        .isEmpty();
    assertThat(
            LinePrefix.of(Stream.of(" 0 - 1 us | 0 ||", " 1 - 2 us | 5 |#|", " 2 - 4 us | 1 ||")))
        .isEmpty();
    assertThat(LinePrefix.of(Stream.of(" 0   : 0  ||", " 1   : 5  |*|", " 2   : 1  ||"))).isEmpty();
  }

  @Test
  void ofSeveralPodsNoneIsTakenForOneMachine() {
    assertThat(LinePrefix.of(Stream.of("[pod/a/x] a", "[pod/b/x] b", "[pod/a/x] c"))).isEmpty();
    assertThat(LinePrefix.of(Stream.of("[pod/a/x] a", "[pod/a/x] b", "[pod/a/x] c"))).isNotEmpty();
  }

  @Test
  void aLogMayGoOnWithoutIt() throws IOException {
    String log =
        "-- Logs begin at Sun 2026-11-29 --\n"
            + "Nov 29 08:00:00 host app[1]: @us[fn_a]:\n".repeat(5)
            + "[4, 8)  1 |@|\n";
    assertThat(read(log)).endsWith("@us[fn_a]:\n[4, 8)  1 |@|\n");
  }

  @Test
  void linesOfAPatchThatAreNotAddedAreNone() throws IOException {
    String patch =
        "diff --git a/t b/t\n--- /dev/null\n+++ b/t\n@@ -0,0 +1,4 @@\n"
            + "+@us[fn_a]:\n+[4, 8)  1 |@|\n+[8, 16)  1 |@|\n";
    assertThat(read(patch)).contains("\n@us[fn_a]:\n[4, 8)  1 |@|\n");
  }

  @Test
  void boundsOfATableAreNoNumbersOfLines() {
    assertThat(LinePrefix.of(Stream.of("0 -> 1 : 0", "2 -> 3 : 10", "4 -> 7 : 200"))).isEmpty();
  }

  private static String read(String text) throws IOException {
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new String(
        PastedText.of(in, (reason, line) -> {}).readAllBytes(), StandardCharsets.UTF_8);
  }
}
