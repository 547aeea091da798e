package dev.kretsim.command.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kretsim events} as its users and their scripts see it. */
class EventsCommandTest {
  @TempDir Path folder;

  @Nested
  class Check {
    @Test
    void eachLineGetsTheKernelsAnswerAndAdvice() throws IOException {
      Path file =
          lines("# mine", "r1a111 vfs_read", "", "p:e1 vfs_raed", "r4:ns vfs_read ret=$retval:u64");
      ConsoleRun run = ConsoleRun.of("events", "check", file, "--out", "json");
      assertThat(run.code()).isEqualTo(1);
      JsonNode json = new ObjectMapper().readTree(run.out());
      assertThat(json.path("schema").asText()).isEqualTo("kretsim.events/1");
      JsonNode first = json.at("/lines/0");
      assertThat(first.path("line").asText()).isEqualTo("r1a111 vfs_read");
      assertThat(first.path("accepted").asBoolean(true)).isFalse();
      assertThat(first.path("errno").asText()).isEqualTo("EINVAL");
      assertThat(first.path("error").asText()).isEqualTo("BAD_MAXACT");
      assertThat(first.path("caret").asInt()).isEqualTo(1);
      assertThat(first.path("readback").isNull()).isTrue();
      assertThat(json.at("/lines/1/advice").asText()).contains("did you mean vfs_read?");
      assertThat(json.at("/lines/2/readback").asText())
          .isEqualTo("r4:kprobes/ns vfs_read ret=$retval:u64");
      assertThat(json.at("/lines/2/errno").isNull()).isTrue();
    }

    @Test
    void theTableShowsTheCaretUnderTheLine() throws IOException {
      ConsoleRun run = ConsoleRun.of("events", "check", lines("r9999:e vfs_read"));
      assertThat(run.out())
          .startsWith(
              "r9999:e vfs_read\n ^\n  refused with EINVAL: Maxactive is too big (MAXACT_TOO_BIG)\n"
                  + "  at most 4096");
    }

    @Test
    void lettersOfSeveralBytesComeBackAsTheyWere() throws IOException {
      String line = "p:e vfs_r\u00e9ad";
      assertThat(ConsoleRun.of("events", "check", lines(line)).out()).startsWith(line + "\n");
      String json = ConsoleRun.of("events", "check", lines(line), "--out", "json").out();
      assertThat(new ObjectMapper().readTree(json).at("/lines/0/line").asText()).isEqualTo(line);
    }

    @Test
    void allAcceptedIsExitCodeZero() throws IOException {
      assertThat(ConsoleRun.of("events", "check", lines("p:e vfs_read", "-:e")).code()).isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"5.10, ENOENT", "6.1.0-56-amd64, ENOENT", "6.12, EINVAL", "7.3, EINVAL"})
    void anUnknownSymbolIsAnotherErrorInOtherKernels(String kernel, String errno)
        throws IOException {
      ConsoleRun run = ConsoleRun.of("events", "check", lines("p no_such_fn"), "--kernel", kernel);
      assertThat(run.out()).contains("refused with " + errno);
    }

    @Test
    void aSymbolFileTakesThePlaceOfWhatIsBuiltIn() throws IOException {
      Path symbols =
          Files.writeString(
              folder.resolve("kallsyms"),
              "ffffffff81000000 T mine\nffffffff81000010 t twice\nffffffff81000020 t twice\n"
                  + "ffffffffc0000000 t theirs\t[mod]\n");
      Path file = lines("p:a mine", "p:b twice", "p:c mod:theirs", "p:d vfs_read", "p:e gone:f");
      ConsoleRun run =
          ConsoleRun.of("events", "check", file, "--symbols", symbols, "--out", "json");
      JsonNode json = new ObjectMapper().readTree(run.out());
      assertThat(json.findValuesAsText("accepted"))
          .containsExactly("true", "false", "true", "false", "true");
      assertThat(json.at("/lines/1/error").asText()).isEqualTo("NON_UNIQ_SYMBOL");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"events", "events check", "events check /no/such", "events run /no/such"})
    void badUsageIsOneLineAndExitCodeTwo(String arguments) {
      ConsoleRun run = ConsoleRun.of((Object[]) arguments.split(" "));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @Nested
  class Run {
    @Test
    void theExampleThatShipsCountsMissesWhileTasksSleep() {
      ConsoleRun run = ConsoleRun.of("events", "run");
      assertThat(run.code()).isZero();
      assertThat(run.out())
          .contains(
              "  enter                                                     20               0\n"
                  + "  leave                                                      0             "
                  + " 16")
          .contains("trace_kprobe: error: Maxactive is too big\n  Command: r9999:leave");
    }

    @Test
    void theExampleIsPrintedAsItRuns() throws IOException {
      String text = ConsoleRun.of("events", "run", "--example").out();
      Path file = Files.writeString(folder.resolve("nanosleep.sh"), text);
      assertThat(
              ConsoleRun.of("events", "run", file).out().replace(file.toString(), "nanosleep.sh"))
          .isEqualTo(ConsoleRun.of("events", "run").out());
    }

    @Test
    void bootParametersDefineAndEnable() throws IOException {
      Path file =
          script(
              "function f: [sleep 1ms]",
              "kprobe_event=p:a,f,x=$arg1;r2:b,f",
              "call f argument=7",
              "cat kprobe_events",
              "cat events/kprobes/a/enable",
              "cat trace");
      assertThat(ConsoleRun.of("events", "run", file).out())
          .contains("p:kprobes/a f x=$arg1\nr2:kprobes/b f\n1\n")
          .contains(": a: (f+0x4/0x40) x=0x7\n");
    }

    @Test
    void enabledEventsAreBusyAndKilledTasksGiveBackTheirInstances() throws IOException {
      Path file =
          script(
              "function f: [sleep 1s]",
              "echo 'r2:e f' > kprobe_events",
              "echo 1 > events/kprobes/e/enable",
              "call f tasks=3 comm=w &",
              "sleep 1ms",
              "echo -:e >> kprobe_events",
              "echo > kprobe_events",
              "kill w",
              "wait",
              "cat kprobe_profile",
              "echo 0 > events/kprobes/e/enable",
              "echo -:e >> kprobe_events",
              "cat kprobe_events");
      assertThat(ConsoleRun.of("events", "run", file).out())
          .contains(":6: write error: EBUSY\n", ":7: write error: EBUSY: an event is enabled\n")
          .endsWith(
              "  e                                                          0               1\n");
    }

    @Test
    void switchesTakeOneAndZeroAndNothingElse() throws IOException {
      Path file =
          script(
              "function f: [sleep 1ms]",
              "echo 'p:e f' > kprobe_events",
              "echo on > events/kprobes/e/enable",
              "cat events/kprobes/e/enable",
              "echo x > tracing_on",
              "echo 1 > events/kprobes/e/enable",
              "echo x > kprobes/enabled",
              "echo n > kprobes/enabled",
              "cat kprobes/enabled",
              "call f",
              "echo on > kprobes/enabled",
              "call f",
              "cat kprobe_profile");
      String hit = "  e %58d %15d%n".formatted(1, 0);
      ConsoleRun newer = ConsoleRun.of("events", "run", "--kernel", "6.12", file);
      assertThat(newer.out())
          .contains(":3: write error: EINVAL: expected 1 or 0\n0\n")
          .contains(":5: write error: EINVAL", ":7: write error: EINVAL")
          .doesNotContain(":8:", ":11:")
          .endsWith("0\n" + hit);
      assertThat(ConsoleRun.of("events", "run", "--kernel", "5.10", file).out())
          .contains(":11: write error: EINVAL")
          .endsWith("  e %58d %15d%n".formatted(0, 0));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "cat no_such|1: no such file: no_such",
          "frob|1: expected function, echo, cat, call",
          "function f: [sleep 1ms]|",
          "call f|1:",
          "sleep forever|1:",
        })
    void aLineThatIsNoneIsNamedByItsNumber(String line, String message) throws IOException {
      ConsoleRun run = ConsoleRun.of("events", "run", script(line));
      if (message == null) {
        assertThat(run.code()).isZero();
      } else {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("script.sh:" + message);
      }
    }
  }

  @Test
  void profileRunsAScenarioAndPrintsTheKernelsColumns() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            functions:
              - name: f
                body: [sleep 1ms]
            probes:
              - kretprobe: f
                maxactive: 1
            load:
              - tasks: 4
                comm: w
                call: f
                calls: 1
            """);
    assertThat(ConsoleRun.of("events", "profile", scenario, "--kernel", "6.12").out())
        .isEqualTo(
            "  r_f_0                                                      1               3\n");
    assertThat(ConsoleRun.of("events", "profile", scenario, "--kernel", "5.14").out())
        .isEqualTo(
            "  r_f_0                                                      1               0\n");
  }

  private Path lines(String... lines) throws IOException {
    return Files.writeString(folder.resolve("events"), String.join("\n", lines) + "\n");
  }

  private Path script(String... lines) throws IOException {
    return Files.writeString(folder.resolve("script.sh"), String.join("\n", lines) + "\n");
  }
}
