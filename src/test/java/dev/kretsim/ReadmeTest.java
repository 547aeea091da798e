package dev.kretsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.conform.recording.ConformResult;
import dev.kretsim.conform.replay.Conformance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the README shows is what there is. */
class ReadmeTest {
  @Test
  void theFirstCommandPrintsWhatIsShown() throws IOException {
    ConsoleRun run = ConsoleRun.of("plan", "sample:nanosleep-bursts");
    assertThat(run.code()).isZero();
    assertThat(Readme.text()).contains("```text\n" + run.out().strip() + "\n```");
  }

  @Test
  void oneHitIsWatchedAsShown() throws IOException {
    ConsoleRun run = ConsoleRun.of("explain", "--brief");
    assertThat(run.code()).isZero();
    assertThat(Readme.text()).contains("```text\n" + run.out().strip() + "\n```");
  }

  @Test
  void theExampleIsTheOneThatIsCompiledHere() throws IOException {
    String source =
        Files.readString(Readme.top().resolve("src/test/java/dev/kretsim/ReadmeExample.java"));
    String begin = "    // README begin\n";
    int from = source.indexOf(begin) + begin.length();
    String example = source.substring(from, source.indexOf("    // README end"));
    assertThat(Readme.text())
        .contains("```java\n" + example.stripTrailing().stripIndent() + "\n```");
  }

  @Test
  void asManyRecordedRunsConformAsItSays() throws Exception {
    List<Path> folders = new ArrayList<>();
    for (String folder : List.of("cases", "cases-5.10", "cases-arm64")) {
      folders.add(
          Path.of(
              Objects.requireNonNull(ReadmeTest.class.getResource("/oracle/" + folder)).toURI()));
    }
    ConformResult result = Conformance.of(folders, null);
    assertThat(Readme.text())
        .contains("%d of %d recorded runs are equal".formatted(result.passed(), result.runs()));
  }

  @Test
  void theExamplePrintsWhatIsShown() throws IOException {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ReadmeExample.run();
    } finally {
      System.setOut(console);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    assertThat(Readme.text()).contains("```text\n" + output + "```");
  }
}
