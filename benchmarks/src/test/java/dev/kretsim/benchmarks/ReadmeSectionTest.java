package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.benchmarks.result.Json;
import dev.kretsim.benchmarks.result.ReadmeSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's figures are those of the run that is kept here. */
class ReadmeSectionTest {
  private static final Path README = Path.of("README.md");
  private static final Path RUN =
      Path.of("src", "main", "resources", "dev", "kretsim", "benchmarks", "result", "results.json");
  private static final String BEGIN = "<!-- performance: printed by Runner --readme -->\n";
  private static final String END = "<!-- end of performance -->";

  @Test
  void theSectionIsMadeFromTheRunThatIsKept() throws IOException {
    String readme = Files.readString(README);
    int from = readme.indexOf(BEGIN);
    int to = readme.indexOf(END);
    assertThat(from).isPositive().isLessThan(to);
    assertThat(readme.substring(from + BEGIN.length(), to))
        .isEqualTo(ReadmeSection.of(Json.read(Files.readString(RUN))));
  }

  @Test
  void theRunThatIsKeptIsWrittenAsItWouldBeNow() throws IOException {
    String kept = Files.readString(RUN);
    assertThat(Json.write(Json.read(kept)))
        .as("java ... Runner --from-json %1$s --json new.json; mv new.json %1$s", RUN)
        .isEqualTo(kept);
  }
}
