package dev.kretsim.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code fleet} refuses, its form on Spark refuses in the same line, before Spark starts. */
class SparkOptionsTest {
  @TempDir private Path folder;

  private Path hosts;
  private Path out;

  @BeforeEach
  void recordHosts() throws IOException {
    hosts = Files.createDirectory(folder.resolve("hosts"));
    out = folder.resolve("out");
    Files.writeString(hosts.resolve("a.csv"), "0,5,t,f\n1,6,u,f\n");
    Files.writeString(folder.resolve("twice.csv"), "host,rate,host\na,1,b\n");
  }

  private static ConsoleRun submit(List<String> words) {
    StringWriter said = new StringWriter();
    StringWriter complained = new StringWriter();
    int code =
        Main.withConventions(new CommandLine(new SparkFleetCommand()))
            .setOut(new PrintWriter(said))
            .setErr(new PrintWriter(complained))
            .execute(words.toArray(String[]::new));
    return new ConsoleRun(code, said.toString(), complained.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cover NaN",
        "--cover 0",
        "--cover 1.5",
        "--cover 1e999",
        "--cover 0x1p-1",
        "--cover ٣",
        "--target 0",
        "--target 2",
        "--target -1e-4",
        "--target Infinity",
        "--target many",
        "--host-by (",
        "--hosts FOLDER/none.csv",
        "--hosts FOLDER",
        "--hosts FOLDER/twice.csv",
        "--hosts /dev/zero",
        "--hosts ''",
        "--no-such-option",
        "--cover",
        "--cover 0.9 --cover 0.8",
      })
  void anOptionOfBothIsRefusedAlike(String options) {
    List<String> given =
        new ArrayList<>(List.of(options.replace("FOLDER", folder.toString()).split(" ")));
    given.replaceAll(word -> word.equals("''") ? "" : word);
    List<String> here = new ArrayList<>(List.of("fleet", hosts.toString()));
    here.addAll(given);
    ConsoleRun fleet = ConsoleRun.of(here.toArray());
    List<String> there = new ArrayList<>(List.of(hosts.toString(), "--out", out.toString()));
    there.addAll(given);
    ConsoleRun spark = submit(there);
    assertThat(fleet.refused()).as(fleet.err()).isTrue();
    assertThat(spark).isEqualTo(fleet);
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--partitions 0", "--partitions -1", "--partitions 1000000000"})
  void itsOwnOptionsHaveBoundsToo(String options) {
    List<String> words = new ArrayList<>(List.of(hosts.toString(), "--out", out.toString()));
    words.addAll(List.of(options.split(" ")));
    ConsoleRun run = submit(words);
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("--partitions must be in [1, 1000000]");
  }

  @Test
  @Tag("spark")
  void withoutAMasterItSaysHowToStart() {
    ConsoleRun run = submit(List.of(hosts.toString(), "--out", out.toString()));
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("start this with spark-submit");
  }

  @Test
  void namesAreNotEmptyAndSomethingIsNamed() {
    for (List<String> words :
        List.of(
            List.of(hosts.toString(), "--out", ""),
            List.of("", "--out", out.toString()),
            List.of("--out", out.toString()),
            List.of(hosts.toString()))) {
      ConsoleRun run = submit(words);
      assertThat(run.refused()).as("%s: %s", words, run.err()).isTrue();
      assertThat(run.err()).doesNotContain("cannot be started");
    }
  }
}
