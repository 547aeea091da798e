package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.trace.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs as people hand them to {@code kretsim plan}: right numbers, or one cause and one step. */
class PublicInputsTest {
  private static final String WHERE = "          wk-101   [000] ....1   100.";
  private static final String EVENTS =
      WHERE + "000100: ain: (fn_a+0x4/0x90)\n" + WHERE + "000200: aout: (fn_c+0x2/0x4 <- fn_a)\n";
  private static final String ONE_CALL = "fn_a calls 1, unfinished 0, missed 0, mean 100000";

  @TempDir private Path folder;

  private static Path sample(String name) {
    return Samples.file("public-kinds/" + name + ".txt");
  }

  private static ConsoleRun plan(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("plan", "--out", "json"));
    all.addAll(List.of(arguments));
    return ConsoleRun.of(all.toArray());
  }

  /** Such as {@code fn_a calls 2, unfinished 0, missed 1 0, mean 75000}. */
  private static String shown(ConsoleRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    List<String> functions = new ArrayList<>();
    for (JsonNode function : new ObjectMapper().readTree(run.out()).get("functions")) {
      StringBuilder missed = new StringBuilder();
      function.get("curve").forEach(point -> missed.append(' ').append(point.get("missed")));
      functions.add(
          "%s calls %d, unfinished %d, missed%s, mean %.0f"
              .formatted(
                  function.get("function").asText(),
                  function.get("calls").asLong(),
                  function.get("unfinished").asLong(),
                  missed,
                  function.get("mean_hold_ns").asDouble()));
    }
    return String.join("; ", functions);
  }

  private String shownOf(String text) throws IOException {
    return shown(plan(file(text)));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.txt"), text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "html-escaped         | fn_a calls 3, unfinished 0, missed 1 0, mean 100000",
        "funcgraph-title-line | fn_a calls 2, unfinished 0, missed 1 0, mean 75000",
        "prompt-as-last-line  | fn_a calls 2, unfinished 0, missed 0, mean 150000",
        "quoted-graph         | fn_a calls 2, unfinished 0, missed 1 0, mean 75000",
      })
  void pastedTracesAreReadRight(String name, String numbers) throws IOException {
    assertThat(shown(plan(sample(name)))).isEqualTo(numbers);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "function-tracer      | the function tracer records no returns; record with function_graph",
        "sched-only-trace-cmd | no entry or return of a function, only other events, such as"
            + " sched_wakeup; record",
      })
  void whatHasNoCallsIsRefusedWithItsCause(String name, String cause) {
    ConsoleRun run = plan(sample(name));
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains(cause);
  }

  @Test
  void aLightLoadNeedsOneInstance() throws IOException {
    ConsoleRun run = plan("--rate", "100/s", sample("light-load"));
    JsonNode function = new ObjectMapper().readTree(run.out()).get("functions").get(0);
    assertThat(function.get("mean_hold_ns").asDouble()).isBetween(358.4, 716.8);
    assertThat(function.get("recommendation").get("smallest").asInt()).isEqualTo(1);
  }

  @Test
  void entriesWithoutReturnAreMissesThatNobodyCounted() throws IOException {
    ConsoleRun run =
        plan(
            "--maxactive",
            "10",
            sample("profile-entry-rows-before"),
            sample("profile-entry-rows-after"));
    JsonNode functions = new ObjectMapper().readTree(run.out()).get("functions");
    assertThat(functions)
        .singleElement()
        .satisfies(
            function -> {
              assertThat(function.get("function").asText()).isEqualTo("fn_a");
              assertThat(function.get("calls").asLong()).isEqualTo(20_000);
            });
    assertThat(run.err()).contains("about 200 were missed", "mean a load of 4.46");
  }

  @ParameterizedTest
  @ValueSource(strings = {" <- ", "\t<-\t", "<-", " &lt;- ", "&lt;-", " &larr; ", " \u2190 "})
  void aReturnIsOneHoweverItsArrowIsSpelled(String arrow) throws IOException {
    assertThat(shownOf(EVENTS.replace(" <- ", arrow))).isEqualTo(ONE_CALL);
  }

  @Test
  void aReturnWhoseArrowCannotBeReadIsNoEntryOfItsCaller() throws IOException {
    assertThat(shownOf(EVENTS + EVENTS.replace(" <- ", " = ").replace("100.000", "100.001")))
        .startsWith("fn_a calls 2, unfinished 1")
        .doesNotContain("fn_c");
  }

  @Test
  void aMailAsItIsKeptIsReadWhole() throws IOException {
    String mail =
        ">> "
            + WHERE
            + "000100: ain: (fn_a+0x4/0x90) a=\n=3D1\n".replace("a=\n", "abcdefghi=\n")
            + ">> "
            + WHERE
            + "000200: aout: (fn_c+0x2/0x4 <=\n- fn_a) arg1=3D0x1\n";
    assertThat(shownOf("Content-Transfer-Encoding: quoted-printable\n\n" + mail))
        .isEqualTo(ONE_CALL);
  }

  @Test
  void linesThatAManualShowsAsCommentsAreTheTrace() throws IOException {
    assertThat(
            shownOf("cat trace\n" + EVENTS.replaceAll("(?m)^ *", "# ") + "echo 0 > tracing_on\n"))
        .isEqualTo(ONE_CALL);
  }

  private static String graph(int micros, String duration, String call) {
    return "  10.%06d |   0)    wk-101    | %-13s |  %s%n"
        .formatted(micros, duration.isEmpty() ? "" : duration + " us", call);
  }

  private static final String NESTED =
      graph(100, "", "fn_a() {")
          + graph(110, "", "  fn_b() {")
          + graph(115, "  0.500", "    fn_c();")
          + graph(120, "+ 10.000", "  }")
          + graph(200, "! 100.000", "}");
  private static final String NESTED_CALLS =
      "fn_a calls 1, unfinished 0, missed 0, mean 100000; fn_b calls 1, unfinished 0, missed 0,"
          + " mean 10000; fn_c calls 1, unfinished 0, missed 0, mean 500";

  @Test
  void withoutTheBlanksABraceClosesTheLatestCall() throws IOException {
    ConsoleRun run = plan(file(NESTED.replaceAll(" +", " ")));
    assertThat(shown(run)).isEqualTo(NESTED_CALLS);
    assertThat(run.err()).contains("the blanks that show how deep a call is are lost");
    assertThat(plan(file(NESTED)).err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 51, 53, 56, 57, 58, 60, 63})
  void aGraphThatATerminalBrokeIsWhole(int width) throws IOException {
    String report =
        NESTED
            .replaceAll(
                "(?m)^ *([\\d.]+) .*?101    \\| (.*})$", " wk-101 [000] $1: funcgraph_exit:  $2")
            .replaceAll(
                "(?m)^ *([\\d.]+) .*?101    \\| (.*)$", " wk-101 [000] $1: funcgraph_entry: $2");
    assertThat(report).contains("funcgraph_entry").doesNotContain("|   0)");
    for (String whole : new String[] {NESTED, report}) {
      String broken = whole.replaceAll("(?m)^(.{" + width + "})(?=.)", "$1\n");
      assertThat(shownOf(broken)).as(broken).isEqualTo(NESTED_CALLS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"  fn_a() {\n    fn_b();\n  }\n", "  0.5 us  |  fn_a();\n"})
  void aGraphOfNothingButCallsIsToldWhatToRecord(String calls) throws IOException {
    ConsoleRun run = plan(file("# tracer: function_graph\n#\n" + calls));
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("without time, CPU and task", "echo 1 > options/funcgraph-cpu");
  }

  @Test
  void whatStandsBeforeEachLineIsNamedAsTheCause() throws IOException {
    ConsoleRun run =
        plan(file(("# tracer: function_graph\n" + NESTED).replaceAll("(?m)^", "box w ")));
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("is there something before each line?");
  }

  @Test
  void entriesOfOneAndReturnsOfAnotherAreNoCalls() throws IOException {
    ConsoleRun run = plan(file(EVENTS.replace("<- fn_a", "<- fn_b")));
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("only entries of fn_a and returns of fn_b");
  }

  @Test
  void whatAMailProgramBrokeIsWhole() throws IOException {
    String graph =
        "> 0.706289 |    0)   wk-70   |               | \n> fn_a() {\n"
            + "> 0.811159 |    2)   wk-70   | @ 104870.3 us |  } /* \n> fn_a */\n";
    assertThat(shownOf(graph)).isEqualTo("fn_a calls 1, unfinished 0, missed 0, mean 104870300");
    String perf =
        "      some-long-name 101 [054]  3053.183991: \n"
            + "probe:fn_a: (ffffffffc0348390)\n"
            + "      some-long-name 101 [054]  3053.184091: \n"
            + "probe:fn_a__return: (ffffffffc034839  \n"
            + "0 <- ffffffffc03aa190)\n";
    assertThat(shownOf(perf)).isEqualTo(ONE_CALL);
  }

  @Test
  void anAddressThatWasBrokenIsNoFunction() throws IOException {
    ConsoleRun run =
        plan(
            file(
                "wk 101 [054]  3053.183991: probe:fn_a: (ffffffffc0348390)\n"
                    + "wk 101 [054]  3053.184091: probe:fn_a__return: (ffffffffc034 <-"
                    + " ffffffffc03aa190)\n"
                    + "wk 101 [054]  3053.184191: probe:fn_a__return: (ffffffffc0 348390 <-"
                    + " ffff)\n"));
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("only entries of fn_a").doesNotContain("ffffffffc03aa190");
  }

  @Test
  void aTraceBelowATableIsNotPassedOverInSilence() throws IOException {
    ConsoleRun run =
        plan("--rate", "10/s", file("@us[fn_a]:\n[4, 8)   9 |@@@@|\n\n" + EVENTS + NESTED));
    assertThat(run.err()).contains("warning: 7 lines of a trace are in it, too");
  }

  @Test
  void aHeadingWithCommasIsNoCallOfOurOwn() throws IOException {
    ConsoleRun run = plan(file("2, which is slow, see below:\n" + EVENTS));
    assertThat(shown(run)).isEqualTo(ONE_CALL);
  }

  @Test
  void whatAReportLeavesOutDecidesNothing() throws IOException {
    String graph = "  wk-101 [000]  10.%06d: funcgraph_%s  |  %s\n";
    String text =
        "CPU 1 is empty\ncpus=2\n...\n"
            + "  wk-101 [000]  10.000000: sched_wakeup: comm=wk pid=1\n"
            + graph.formatted(100, "entry:              ", "fn_a() {")
            + graph.formatted(200, "exit:   ! 100.000 us", "}")
            + "...\n";
    assertThat(shownOf(text)).isEqualTo(ONE_CALL);
  }

  @Test
  void aDurationOfSecondsHasNoDecimals() throws IOException {
    String line = " 267%d.003180 |   0)  wk-101    | %s |  } /* fn_a */\n";
    assertThat(
            shownOf(
                line.formatted(1, "$ 1000000 us")
                    + line.formatted(3, "$ 2000000 us")
                    + line.formatted(5, "# 3000.000 us")))
        .isEqualTo("fn_a calls 3, unfinished 0, missed 0, mean 1001000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tracing run queue latency... Hit Ctrl-C to end. | waited for a CPU",
        "Tracing off-CPU time... Hit Ctrl-C to end.      | waited for a CPU",
        "Tracing block device I/O... Hit Ctrl-C to end.  | block I/O",
        "Tracing TCP RTT... Hit Ctrl-C to end.           | packets",
        "me@box:~$ sudo funcinterval-bpfcc fn_a -u       | how far calls lie apart",
        "# ./cpudist.py -m                               | waited for a CPU",
      })
  void tablesOfSomethingElseAreRefusedBeforeARateIsAsked(String first, String what)
      throws IOException {
    String row = "  2 -> 3     : 9   |****|\n";
    String bcc = "     usecs     : count     distribution\n" + row;
    for (String table : new String[] {bcc, "@usecs:\n[2, 4)   9 |@@@@|\n"}) {
      for (String sections : new String[] {"", "\npid = 12\n"}) {
        ConsoleRun run = plan(file(first + "\n^C\n" + sections + table));
        assertThat(run.refused()).as(run.err()).isTrue();
        assertThat(run.err()).contains("t.txt:", what, "give the output of funclatency");
      }
    }
  }

  @Test
  void whatOneRunMixesAndWhatCannotBeToldIsSaid() throws IOException {
    String table = "     usecs     : count     distribution\n  2 -> 3     : 9   |****|\n";
    ConsoleRun mixed =
        plan("--rate", "10/s", file("Tracing 5 functions for \"vfs_*\"... Hit Ctrl-C\n" + table));
    assertThat(mixed.err()).contains("all functions that match \"vfs_*\" are in one table");
    ConsoleRun one =
        plan("--rate", "10/s", file("Tracing 1 functions for \"fn_a\"... Hit Ctrl-C\n" + table));
    assertThat(one.err()).contains("funcinterval prints the same table");
    ConsoleRun two =
        plan(
            "--rate",
            "10/s",
            file(
                "Tracing 1 functions for \"fn_a\"... Hit Ctrl-C\npid = 1\n"
                    + table
                    + "\npid = 2\n"
                    + table));
    assertThat(two.err()).contains("added up: pid = 1, pid = 2");
  }

  @Test
  void aPipeIsReadLikeAFile() throws Exception {
    for (boolean packed : new boolean[] {false, true}) {
      Path pipe = folder.resolve("pipe" + packed);
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try (OutputStream file = Files.newOutputStream(pipe);
                    OutputStream out = packed ? new GZIPOutputStream(file) : file) {
                  out.write(EVENTS.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(shown(plan(pipe))).isEqualTo(ONE_CALL);
      writer.join();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat t.txt | \"$@\" -",
        "cat t.txt | \"$@\" /dev/stdin",
        "\"$@\" /dev/stdin < t.txt",
        "\"$@\" <(gzip -c t.txt)",
      })
  void whatAShellHandsOverIsReadLikeAFile(String command) throws Exception {
    file(EVENTS);
    List<String> line = new ArrayList<>(List.of("bash", "-c", command, "bash"));
    line.addAll(OwnProcess.java(List.of("-XX:TieredStopAtLevel=1"), Main.class));
    line.addAll(List.of("plan", "--out", "json"));
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(shown(new ConsoleRun(code, out, Files.readString(folder.resolve("err")))))
        .isEqualTo(ONE_CALL);
  }

  @Test
  void aFolderIsRefusedWithTheFilesThatCouldBeMeant() throws IOException {
    file(EVENTS);
    Files.writeString(folder.resolve(".hidden"), "");
    ConsoleRun run = plan(folder);
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("is a directory", "such as t.txt").doesNotContain(".hidden");
  }
}
