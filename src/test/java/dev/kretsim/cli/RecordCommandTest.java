package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that record are whole, clean up after themselves, and name the next command. */
class RecordCommandTest {
  @TempDir private Path folder;

  private static String script(String recorder, String... functions) {
    Object[] words = new Object[functions.length + 5];
    words[0] = "record";
    System.arraycopy(functions, 0, words, 1, functions.length);
    List<String> rest = List.of("--with", recorder, "--seconds", "7");
    System.arraycopy(rest.toArray(), 0, words, functions.length + 1, 4);
    ConsoleRun run = ConsoleRun.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private String run(String text, String... command) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("record.sh"), text);
    String[] all = new String[command.length + 1];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = file.toString();
    Process process;
    try {
      process = new ProcessBuilder(all).redirectErrorStream(true).start();
    } catch (IOException missing) {
      // Where CI runs, a test that is skipped is a failure.
      Assumptions.abort(command[0] + " is missing");
      throw missing;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : "failed: " + said;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftrace", "trace-cmd", "perf", "bpftrace", "bcc"})
  void eachIsAScriptThatTwoShellsAndACheckerAccept(String recorder) throws Exception {
    String text = script(recorder, "vfs_read");
    assertThat(run(text, "bash", "-n")).isEmpty();
    assertThat(run(text, "sh", "-n")).isEmpty();
    assertThat(run(text, "shellcheck")).isEmpty();
  }

  @Test
  void whoIsNotRootIsToldSo() throws Exception {
    for (String recorder : List.of("ftrace", "trace-cmd", "perf", "bpftrace", "bcc")) {
      assertThat(script(recorder, "vfs_read")).contains("run this as root");
    }
  }

  @Test
  void aCheckerFindsWhatIsWrong() throws Exception {
    assertThat(run(script("ftrace", "vfs_read") + "if\n", "bash", "-n")).startsWith("failed");
  }

  @ParameterizedTest
  @CsvSource({
    "ftrace, kretsim-vfs_read.txt, $undo",
    "trace-cmd, kretsim-vfs_read.txt, $old_size",
    "perf, kretsim-vfs_read.txt, -:kretsim/",
    "bpftrace, kretsim-vfs_read.csv, exit()",
    "bcc, kretsim-vfs_read.txt, --rate $rate/s",
  })
  void itNamesItsFileAndTheNextCommandAndRestores(String recorder, String file, String word) {
    assertThat(script(recorder, "vfs_read"))
        .contains("file=$PWD/" + file, "kretsim plan $file", "seconds=7", word);
  }

  @Test
  void theBufferHoldsTheCallsThatAreExpected() {
    assertThat(ConsoleRun.of("record", "f", "--seconds", "10", "--rate", "100k/s").out())
        .contains("size_kb=97657 ");
    assertThat(ConsoleRun.of("record", "f", "--seconds", "1", "--rate", "1/s").out())
        .contains("size_kb=1408 ");
  }

  @Test
  void severalFunctionsAreRecordedTogether() {
    assertThat(script("ftrace", "vfs_read", "vfs_write"))
        .contains("functions='vfs_read vfs_write'");
  }

  @ParameterizedTest
  @CsvSource({"1m, 60", "2 min, 120", "90s, 90", "1e1s, 10"})
  void howLongMayBeSaidInAnyUnit(String seconds, int whole) {
    assertThat(ConsoleRun.of("record", "f", "--seconds", seconds).out())
        .contains("seconds=" + whole);
  }

  @Test
  void anEventOfPerfHasRoomForItsEnding() {
    assertThat(script("perf", "f".repeat(59))).contains("_ret");
    ConsoleRun run = ConsoleRun.of("record", "f".repeat(60), "--with", "perf");
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains("at most 59 characters");
    assertThat(script("ftrace", "f".repeat(60))).contains("fff");
  }

  @Test
  void functionsMayBeSeparatedByCommas() {
    assertThat(script("ftrace", "f,g", "h")).contains("functions='f g h'");
  }

  @ParameterizedTest
  @CsvSource({
    "f;reboot --with ftrace, letters",
    "f g --with bcc, one function at a time",
    "f --with ftrac, did you mean ftrace?",
    "f --seconds 0, --seconds must be from 1",
    "f --seconds 1.9s, --seconds must be whole seconds",
    "f f, named twice: f",
    "'f,g,f --with bpftrace', named twice: f",
    "a.b a_b --with perf, named twice: a_b",
    "',', at least one function",
    "'a\"b', letters",
    "--with ftrace, FUNCTION",
  })
  void whatCannotBeRecordedIsRefused(String options, String words) {
    Object[] all = ("record " + options).split(" ", -1);
    ConsoleRun run = ConsoleRun.of(all);
    assertThat(run.refused()).as(run.err()).isTrue();
    assertThat(run.err()).contains(words);
  }
}
