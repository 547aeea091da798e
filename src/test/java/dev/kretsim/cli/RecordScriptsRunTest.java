package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What scripts that record do to a machine: run where plain files stand for tracefs and small
 * scripts for the tools, they leave all as it was, however they end.
 */
class RecordScriptsRunTest {
  @TempDir private Path folder;

  private Path tracing;

  private record Ended(int code, String said) {}

  @BeforeEach
  void aMachineInUse() throws IOException {
    tracing = Files.createDirectory(folder.resolve("tracing"));
    Files.createDirectory(tracing.resolve("options"));
    Map<String, String> files =
        Map.ofEntries(
            Map.entry("current_tracer", "nop"),
            Map.entry("available_filter_functions", "vfs_read\nvfs_write\nnft_do [nf_tables]"),
            Map.entry("tracing_on", "1"),
            Map.entry(
                "set_ftrace_filter", "ksys_read\nnft_do [nf_tables]\nschedule:traceon:unlimited"),
            Map.entry("set_ftrace_notrace", "#### no functions disabled ####"),
            Map.entry("set_ftrace_pid", "no pid"),
            Map.entry("set_graph_function", "do_idle"),
            Map.entry("max_graph_depth", "3"),
            Map.entry("tracing_thresh", "100"),
            Map.entry("trace_clock", "[local] global counter uptime perf mono"),
            Map.entry("buffer_size_kb", "7 (expanded: 1408)"),
            Map.entry("options/funcgraph-abstime", "0"),
            Map.entry("options/sleep-time", "0"),
            Map.entry("kprobe_events", "p:mine/old do_idle"),
            Map.entry("trace", ""));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(tracing.resolve(file.getKey()), file.getValue() + "\n");
    }
  }

  /** A tool that notes how it was called. */
  private void tool(String name, String body) throws IOException {
    Path tool = folder.resolve("bin").resolve(name);
    Files.createDirectories(tool.getParent());
    Files.writeString(
        tool,
        "#!/bin/sh\nprintf '%s\\n' \"$(basename \"$0\") $*\" >> " + folder + "/calls\n" + body);
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String calls() throws IOException {
    return Files.readString(folder.resolve("calls"), StandardCharsets.UTF_8);
  }

  private Ended run(String recorder, String meanwhile, String... functions) throws Exception {
    List<Object> words = new ArrayList<>(List.of("record"));
    words.addAll(List.of(functions));
    words.addAll(List.of("--with", recorder, "--seconds", "2"));
    String text =
        ConsoleRun.of(words.toArray())
            .out()
            .replace("/sys/kernel/tracing", tracing.toString())
            .replaceFirst("\\[ \"\\$\\(id -u\\)\" = 0 ]", "true")
            .replace("\nsleep \"$seconds\"\n", "\n" + meanwhile + "\n");
    Path script = Files.writeString(folder.resolve("record.sh"), text);
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder
        .environment()
        .merge("PATH", folder.resolve("bin") + "", (path, bin) -> bin + ":" + path);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  /**
   * What the files say, as the kernel would take it: of lists, names without what stands behind.
   */
  private Map<String, List<String>> state() throws IOException {
    Map<String, List<String>> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(tracing)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> lines =
            Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst(".*\\[(.*)] .*", "$1").replaceFirst(" .*", ""))
                .filter(line -> !line.isBlank() && !line.matches("#.*|no|.*:(traceon|traceoff):.*"))
                .sorted()
                .toList();
        state.put(tracing.relativize(file).toString(), lines);
      }
    }
    return state;
  }

  @ParameterizedTest
  @CsvSource({
    "cat set_ftrace_filter set_graph_function current_tracer, 0",
    "exit 9, 9",
    "kill -INT $$, 1"
  })
  void ftraceIsLeftAsItWasHoweverItEnds(String meanwhile, int code) throws Exception {
    Map<String, List<String>> before = state();
    Ended ended = run("ftrace", meanwhile, "vfs_read", "nft_do");
    assertThat(ended.code()).as(ended.said()).isEqualTo(code);
    assertThat(state()).isEqualTo(before);
    if (code == 0) {
      assertThat(ended.said().strip().replaceAll("\n+", " "))
          .startsWith("vfs_read nft_do function_graph ")
          .contains("kretsim plan " + folder.toRealPath().resolve("kretsim-vfs_read.txt"));
    }
  }

  @Test
  void ftraceThatIsInUseIsLeftAlone() throws Exception {
    Files.writeString(tracing.resolve("current_tracer"), "function\n");
    Map<String, List<String>> before = state();
    Ended ended = run("ftrace", ":", "vfs_read");
    assertThat(ended.said()).contains("somebody traces here already, with function");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aFunctionThatCannotBeTracedIsNamedBeforeAnythingIsChanged() throws Exception {
    Map<String, List<String>> before = state();
    Ended ended = run("ftrace", ":", "vfs_read", "vfs_rea");
    assertThat(ended.said()).contains("vfs_rea: not in available_filter_functions");
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "exit 4"})
  void traceCmdLeavesTheBufferAndNoFile(String end) throws Exception {
    tool("trace-cmd", "[ \"$1\" = report ] || echo 9999 > " + tracing + "/buffer_size_kb\n" + end);
    Map<String, List<String>> before = state();
    Ended ended = run("trace-cmd", ":", "vfs_read", "vfs_write");
    assertThat(ended.code()).as(ended.said()).isEqualTo(end.isEmpty() ? 0 : 4);
    assertThat(state()).isEqualTo(before);
    assertThat(calls())
        .startsWith("trace-cmd record -p function_graph -l vfs_read -l vfs_write -b 1954 -o ");
    assertThat(folder.resolve("kretsim-vfs_read.txt.dat")).doesNotExist();
  }

  /** tracefs takes each line as it is written; here they stay, those that take back at the end. */
  @ParameterizedTest
  @ValueSource(strings = {"", "exit 4"})
  void perfTakesBackEachEventThatItMadeAndNoOther(String end) throws Exception {
    tool("perf", end);
    Ended ended = run("perf", ":", "vfs_read", "foo.isra.0");
    assertThat(ended.code()).as(ended.said()).isEqualTo(end.isEmpty() ? 0 : 4);
    assertThat(Files.readAllLines(tracing.resolve("kprobe_events")))
        .containsExactly(
            "p:mine/old do_idle",
            "p:kretsim/vfs_read_in vfs_read",
            "r4096:kretsim/vfs_read_ret vfs_read",
            "p:kretsim/foo_isra_0_in foo.isra.0",
            "r4096:kretsim/foo_isra_0_ret foo.isra.0",
            "-:kretsim/vfs_read_in",
            "-:kretsim/vfs_read_ret",
            "-:kretsim/foo_isra_0_in",
            "-:kretsim/foo_isra_0_ret");
    assertThat(calls()).contains("-e kretsim:* ", "-- sleep 2\n");
  }

  @Test
  void bpftraceKeepsCallsWithinCallsApart() throws Exception {
    tool("bpftrace", "");
    Ended ended = run("bpftrace", ":", "vfs_read");
    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(calls())
        .contains(
            "fentry:vfs_read { @depth_vfs_read[tid]++;",
            "printf(\"%llu,%llu,%d,vfs_read\\n\",",
            "interval:s:2 { exit(); }");
  }

  /** Of 500 calls, 20 found no instance and have no duration: the rate is that of all. */
  @Test
  void bccTakesTheRateFromEntries() throws Exception {
    tool("funclatency", "echo '     nsecs : count\n  1024 -> 2047 : 480 |****|'");
    tool("funccount", "echo 'FUNC   COUNT\nvfs_read   500'");
    Ended ended = run("bcc", ":", "vfs_read");
    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said())
        .contains(
            "500 calls came in, of 480 it is known how long they took",
            "kretsim-vfs_read.txt --rate 250/s --function vfs_read");
    assertThat(folder.resolve("kretsim-vfs_read.txt.count")).doesNotExist();
  }
}
