package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people hand over by mistake is called by its name. */
class WrongFilesTest {
  private static void read(byte[] bytes) {
    try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
      new TraceReader(source, null).read(CallsOf::new);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "50455246494c4532 68000000, perf script --ns",
    "17084474726163696e6737 00, trace-cmd report FILE",
    "89504e470d0a1a0a 0000000d49484452, a picture",
    "ffd8ffe000104a464946 00, a picture",
    "504b030414000600 08000000, a zip archive",
    "425a683931415926535 9, bzip2",
    "04224d1864 40a7, lz4",
    "5d00008000ffff ff, lzcat FILE",
    "377abcaf271c 0004, 7-Zip",
    "255044462d312e37 0ac7ec8fa2, PDF",
    "7b5c727466315c61 6e7369, RTF",
    "7f454c4602010100 00, a program or kernel image",
    "2f2a2043544620312e38202a2f, CTF",
    "c11ffcc1 00000000, CTF",
    "53514c69746520666f726d617420330 0, a database",
    "0a55500000000001 1a10080112, it is no text",
    "cafebabe00000003 3d, it is no text"
  })
  void bytesThatAreNoText(String hex, String name) {
    String digits = hex.replace(" ", "");
    byte[] bytes = new byte[600];
    for (int i = 0; i < digits.length() / 2; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({"1f8b08, zcat FILE", "fd377a585a00, xzcat FILE", "28b52ffd24, zstdcat FILE"})
  void whatIsPackedTwiceSaysHowToUnpackIt(String hex, String name) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(packed)) {
      packing.write(HexFormat.of().parseHex(hex));
      packing.write(new byte[40]);
    }
    assertThatThrownBy(() -> read(packed.toByteArray()))
        .hasMessageContaining("packed twice")
        .hasMessageContaining(name);
  }

  @Test
  void anArchiveSaysWhatItIsFurtherOn() {
    byte[] bytes = new byte[1024];
    System.arraycopy("trace.txt".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 9);
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, bytes, 257, 5);
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("an archive of tar");
  }

  @Test
  void aFolderOfLttngs(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("metadata"), "/* CTF 1.8 */\n");
    try (TraceSource source =
        TraceSource.of(List.of(folder.toString()), InputStream.nullInputStream())) {
      assertThatThrownBy(() -> new TraceReader(source, null).read(CallsOf::new))
          .hasMessageContaining("a CTF trace, as LTTng writes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "% time     seconds  usecs/call     calls    errors syscall!what a program calls",
        "malloc(16)                            = 0x1234!what a program calls",
        "p:kprobes/fin vfs_foo!which probes there are",
        "r10:kprobes/fout vfs_foo arg1=$retval!which probes there are",
        "ffffffff812a3b40  r  vfs_foo+0x0    [DISABLED]!which probes there are",
        "  probe:vfs_foo       (on vfs_foo@fs/foo.c)!which probes there are",
        "  probe:vfs_foo          [Tracepoint event]!which probes there are",
        "print fmt: \"(%lx)\", REC->__probe_ip!which probes there are",
        "kprobe:vfs_foo { @start[tid] = nsecs; }!run it: bpftrace FILE",
        "ls 43 0 1 00000000 00000000 [58127d26] 1595.128ms (+0.127ms): x (y)!echo noverbose",
        "COMM             PID    TYPE DEV      BLOCK        BYTES     LATms!it lists events",
        "   PID   PPID ARGS!it lists events",
        "static struct kretprobe my = { .maxactive = 20 };!source code",
        "#include <linux/kprobes.h>!source code",
        "kernel: \"6.12\"!kretsim run FILE",
        "{\"schema\":\"kretsim.plan/1\",\"source\":\"x\"}!what kretsim itself printed",
        "cat: /sys/kernel/tracing/trace: Permission denied!an error, not a trace",
        "bash: trace-cmd: command not found!an error, not a trace",
        "{\"traceEvents\":[{\"name\":\"f\",\"ph\":\"B\"}]}!Chrome's",
        "[{\"name\":\"f\",\"ph\":\"X\",\"ts\":1,\"dur\":2},!Chrome's",
        "{\"results\": [{\"name\": \"f\"}]}!JSON of another tool",
        "<?xml version=\"1.0\" standalone=\"no\"?>!sums samples of stacks up",
        "cat;do_syscall_64;ksys_foo;vfs_foo 123!sums samples of stacks up",
        "    50.00%  cat      [kernel.kallsyms]  [k] vfs_foo!sums samples of stacks up",
        "[   12.345678] BUG: kernel NULL pointer dereference!messages of the kernel",
        "[    0.000000] Linux version 6.1.0 (gcc 12)!messages of the kernel",
        "[<0>] do_wait+0x1a2/0x300!a stack",
        "#1  0xffffffff812 in ksys_foo (fd=3) at fs/foo.c:602!a stack",
        "top - 10:00:01 up 1 day,  2:03,  1 user!how loaded the system was",
        "procs -----------memory---------- ---swap--!how loaded the system was",
        "    PID USER      PR  NI    VIRT!how loaded the system was",
        "Linux 6.1.0 (box)  01/01/2026  _x86_64_  (4 CPU)!how loaded the system was",
        "Time,Process,Function,Duration!entry_ns,exit_ns,task,function",
        "entry_ns|exit_ns|task|function!seen: 'entry_ns|exit_ns|task|function'",
        "start;end;tid;func!with semicolons or tabs in place of the commas"
      })
  void textOfOtherTools(String line, String name) {
    String text =
        line.startsWith("[  ") ? line + "\n[    0.100000] a b\n[    0.200000] c\n" : line + "\n";
    assertThatThrownBy(() -> CallsOf.in(text)).hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "We saw slow reads, first of files, then of all.",
        "vfs_foo: 12us",
        "run_init_process",
        "Function graph; what it shows"
      })
  void whatIsNothingInParticularIsQuoted(String line) {
    assertThatThrownBy(() -> CallsOf.in(line + "\n"))
        .hasMessage(
            "-:1: not a trace that is read; record one: kretsim record FUNCTION; seen: '"
                + line
                + "'");
  }

  @Test
  void whatAScriptPrintsIsNoCounterOfMisses() {
    String title = "Attaching 2 probes...\n";
    assertThatThrownBy(() -> CallsOf.in(title + "vfs_foo 1234 5678\n"))
        .hasMessageContaining("line by line")
        .hasMessageContaining("tid, func)");
    assertThat(CallsOf.in(title + "1000,3000,1,f\n2000,5000,2,f\n"))
        .isEqualTo("+0.1@1 +0.1@2 -0.1@3 -0.1@5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CACHE              ALLOCS      BYTES",
        "TYPE            # ALLOCS    # BYTES",
        "name      value   weight",
        "# name            <active_objs> <num_objs>",
      })
  void threeColumnsBelowOtherWordsAreNoCounters(String heading) {
    assertThatThrownBy(() -> CallsOf.in("Tracing x\n" + heading + "\nfoo 100 20\nbar 10 2\n"))
        .hasMessageContaining("neither a trace nor kprobe_profile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EVENT   HITS   MISSES", "after the test", "# two  of  them 10"})
  void countersOfProbesMayStandBelowAnything(String heading, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("p"), heading + "\n  r_foo_0    100    20\n");
    assertThat(TraceContent.of(Samples.source(file), null).format()).isEqualTo(TraceFormat.PROFILE);
  }

  @Test
  void aTableOfThreeColumnsUnderAnotherTitleIsNoneOfMisses() {
    String modules = "Module                  Size  Used by\next4                  737280  1\n";
    assertThatThrownBy(() -> CallsOf.in(modules)).hasMessageContaining("how loaded");
  }

  @Test
  void theNumbersOfAPagesLinesMayAllComeFirst() {
    String event = "  wl-7 [001] ..... 0.00000%d: %s%n";
    String trace =
        event.formatted(1, "f_in: (f+0x4/0x170)") + event.formatted(3, "f_out: (g+0x4/0x9 <- f)");
    StringBuilder numbers = new StringBuilder();
    for (int i = 1; i <= 1500; i++) {
      numbers.append(i).append('\n');
    }
    assertThat(CallsOf.in(numbers + trace)).isEqualTo("+0.1@1 -0.1@3");
  }

  @Test
  void linesThatBelongToAnotherToolDoNotMatterAboveATrace() {
    String event = "  wl-7 [001] ..... 0.00000%d: %s%n";
    String trace =
        event.formatted(1, "f_in: (f+0x4/0x170)") + event.formatted(3, "f_out: (g+0x4/0x9 <- f)");
    for (String before : new String[] {"p:kprobes/fin f\n", "kernel: 6.12\n", "a,b,c\n"}) {
      assertThat(CallsOf.in(before + trace)).isEqualTo("+0.1@1 -0.1@3");
    }
  }
}
