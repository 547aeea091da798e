package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.benchmarks.peer.Contenders;
import dev.kretsim.benchmarks.result.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the runner takes on its command line, and how it refuses the rest. */
class RunnerTest {
  @TempDir private Path folder;

  static Iterable<String> labels() {
    return Contenders.names();
  }

  @ParameterizedTest
  @MethodSource("labels")
  void aDesignIsTakenAsResultsPrintIt(String label) {
    String printed = label.toLowerCase(Locale.ROOT).replace('_', ' ');
    assertThat(Contenders.labelled(printed)).contains(label);
    assertThat(Contenders.labelled(label)).contains(label);
  }

  @Test
  void aDesignThatNobodyKnowsIsRefusedInOneLineThatNamesTheOthers() {
    assertThat(refusal("--designs", "ring,rong"))
        .startsWith(
            "kretsim: --designs: no design is called rong; expected some of FLOOR,HLIST_TAS,")
        .contains(",RING,")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"--groups,pool-3", "--threads,2", "--classpath,no-such.jar"})
  void whatIsWrongIsToldInOneLine(String option, String value) {
    assertThat(refusal(option, value)).contains(option).hasLineCount(1);
  }

  @Test
  void helpNamesEveryGroup() {
    String help = Runner.commandLine().getUsageMessage().replaceAll("\\s+", " ");
    for (Group group : Group.values()) {
      assertThat(help).containsPattern("[ ,]" + group.label() + "[ ,]");
    }
  }

  /** That there is no such group would be said when measuring begins. */
  @ParameterizedTest
  @ValueSource(strings = {"--json", "--html"})
  void anOutputThatCannotBeWrittenIsRefusedBeforeAnythingIsMeasured(String option) {
    assertThat(refusal("--groups", "no-such-group", option, "/no-such-folder/x"))
        .contains("/no-such-folder/x")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[1]", "{\"host\": {}, \"scores\": [{}]}"})
  void aFileThatHoldsNoResultsIsRefusedInOneLine(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("results.json"), text);
    assertThat(refusal("--from-json", file.toString())).contains("results.json").hasLineCount(1);
    Files.delete(file);
    assertThat(refusal("--from-json", file.toString())).contains("results.json").hasLineCount(1);
  }

  @Test
  void resultsOfAFileAreShownAndWrittenAgain() throws IOException {
    String kept = "{\"host\": {}, \"date\": \"\", \"scores\": []}";
    Path file = Files.writeString(folder.resolve("kept.json"), kept);
    Path again = folder.resolve("again.json");
    StringWriter shown = new StringWriter();
    CommandLine runner = Runner.commandLine().setOut(new PrintWriter(shown));
    assertThat(runner.execute("--from-json", file.toString(), "--json", again.toString())).isZero();
    assertThat(shown.toString()).isNotEmpty();
    assertThat(Json.read(again)).isEqualTo(Json.read(file));
  }

  private static String refusal(String... args) {
    StringWriter said = new StringWriter();
    assertThat(Runner.commandLine().setErr(new PrintWriter(said)).execute(args)).isEqualTo(2);
    return said.toString();
  }
}
