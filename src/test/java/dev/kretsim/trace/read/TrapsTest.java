package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real traces hold besides clean lines, one trap a test. */
class TrapsTest {
  private static String event(String task, String flags, int micros, String payload) {
    return String.format(Locale.ROOT, "  %s [001] %s 0.%06d: %s%n", task, flags, micros, payload);
  }

  private static String in(String task, String flags, int micros, String function) {
    return event(task, flags, micros, function + "_in: (" + function + "+0x4/0x170)");
  }

  private static String out(String task, String flags, int micros, String function) {
    return event(task, flags, micros, function + "_out: (caller+0x4b/0x90 <- " + function + ")");
  }

  private static String graph(int task, int micros, String duration, String call) {
    return String.format(
        Locale.ROOT, "    0.%06d |   0)    wl-%d   | %-13s |  %s%n", micros, task, duration, call);
  }

  private static List<String> remarks(String text) {
    return CallsOf.reading(text).findings().remarks();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<...>-7",
        "1234-7",
        "12-34-7",
        "a b-c [0] (d)-7",
        "[001]-7",
        "kworker/u8:0-e-7",
        "-7-7"
      })
  void aCommandMayBeCalledAnything(String task) {
    assertThat(CallsOf.in(in(task, ".....", 1, "f") + out("x-7", ".....", 2, "f")))
        .isEqualTo("+0.1@1 -0.1@2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#12 io-7", "Tracing B-7", "Ending tracing-7", "cpus=2-7", "#-7"})
  void aCommandThatBeginsAsAHeaderDoesIsNone(String task) {
    String first = in("wl-1", ".....", 1, "f");
    String last = out("wl-1", ".....", 9, "f");
    String text = first + in(task, ".....", 2, "f") + out(task, ".....", 3, "f") + last;
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 +0.1@2 -0.1@3 -0.1@9");
    assertThat(remarks(text)).isEmpty();
    String out = first + "#" + in("wl-7", ".....", 2, "f") + last;
    assertThat(CallsOf.in(out)).as("a line commented out").isEqualTo("+0.1@1 -0.1@9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a | b-7", "12)-7", "1234-7", "<...>-7", "us | 3.0 us-7"})
  void aCommandInAGraphToo(String task) {
    String first = graph(7, 1, "", "f() {").replace("wl-7", task);
    assertThat(CallsOf.in(first + graph(7, 3, "  2.000 us ", "}"))).isEqualTo("+0.1@1 -0.1@3");
  }

  @ParameterizedTest
  @CsvSource({"....,  d.h.", ".....,  d.h1.", ".....,  dNh1.", "......, d.h1.."})
  void flagsOfFourToSixCharactersTellAnInterrupt(String task, String interrupt) {
    Contexts contexts = Contexts.of(in("a-1", task, 1, "f") + in("a-1", interrupt, 2, "g"));
    assertThat(contexts.of(0)).isZero();
    assertThat(contexts.of(1)).isNotZero();
  }

  @Test
  void aReturnInATaskDoesNotEndTheInterruptsCallWhoseReturnIsLost() {
    String text =
        in("a-1", ".....", 1, "f")
            + in("a-1", "d.h..", 2, "f")
            + out("a-1", ".....", 5, "f")
            + in("a-1", ".....", 6, "f")
            + out("a-1", ".....", 7, "f");
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 +0.1@2 -0.1@lost -0.1@5 +0.1@6 -0.1@7");
  }

  @Test
  void aReturnInAnInterruptDoesNotEndTheTasksCall() {
    String text =
        in("a-1", ".....", 1, "f") + out("a-1", "d.h..", 3, "f") + out("a-1", ".....", 5, "f");
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 -0.1@5");
    assertThat(CallsOf.reading(text).findings().unpairedExits()).containsExactly(1L);
  }

  @Test
  void aTaskThatGoesOnHasLeftItsInterrupt() {
    String text =
        in("a-1", "d.h..", 1, "f") + in("a-1", ".....", 4, "g") + out("a-1", ".....", 5, "g");
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 -0.1@lost +1.1@4 -1.1@5");
  }

  @Test
  void theGraphsArrowsTellInterrupts() {
    String begin = "    0.000002 |   0)    wl-1   |   ==========> |\n";
    String end = "    0.000005 |   0)    wl-1   |   <========== |\n";
    String irq = graph(1, 3, "", "  g() {") + graph(1, 4, "  1.000 us ", "  }");
    String whole =
        graph(1, 1, "", "f() {") + begin + irq + end + graph(1, 6, "  1.000 us ", "  g();");
    assertThat(Contexts.of(whole).of(1)).isNotZero();
    assertThat(Contexts.of(whole).of(2)).isZero();
  }

  @Test
  void anInterruptAtTheDepthOfTheCallThatItInterruptsEndsNothing() {
    String begin = "    0.000002 |   0)    wl-1   |   ==========> |\n";
    String end = "    0.000005 |   0)    wl-1   |   <========== |\n";
    String irq = graph(1, 3, "", "g() {") + graph(1, 4, "  1.000 us ", "}");
    for (String close : List.of("}", "} /* f */")) {
      String text =
          graph(1, 1, "", "f() {") + begin + irq + end + graph(1, 9, "  8.000 us ", close);
      assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 +1.1@3 -1.1@4 -0.1@9");
    }
    String task = graph(1, 1, "", "f() {") + irq + graph(1, 9, "  8.000 us ", "f();");
    assertThat(CallsOf.in(task)).startsWith("+0.1@1 -0.1@lost +1.1@3");
  }

  @Test
  void anInterruptWhoseEndArrowIsLostDoesNotLastForever() {
    String begin = "    0.000002 |   0)    wl-1   |   ==========> |\n";
    String irq = begin + graph(1, 3, "  1.000 us ", "      g();");
    String later = graph(1, 6, "  1.000 us ", "  g();");
    String switched = " 0)    wl-1    =>    wl-2  \n" + graph(2, 6, "  1.000 us ", "        g();");
    String lost = "CPU:0 [LOST 3 EVENTS]\n" + graph(1, 6, "  1.000 us ", "        g();");
    for (String after : List.of(later, switched, lost)) {
      Contexts contexts = Contexts.of(graph(1, 1, "", "f() {") + irq + after);
      assertThat(contexts.of(1)).as(after).isNotZero();
      assertThat(contexts.of(2)).as(after).isZero();
    }
  }

  @Test
  void theTasksOfAGraphWithoutThemAreThoseThatCpusTurnTo() {
    String text =
        "    0.000001 |   0)               |  f() {\n"
            + " ------------------------------------------\n"
            + " 0)    wl-1    =>    wl-2  \n"
            + " ------------------------------------------\n\n"
            + "    0.000002 |   0)               |  f() {\n"
            + " 1)    sh-9    =>    wl-1  \n"
            + "    0.000004 |   1)   3.000 us    |  } /* f */\n"
            + "    0.000005 |   0)   3.000 us    |  }\n";
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 +0.1@2 -0.1@4 -0.1@5");
    assertThat(CallsOf.reading(text).findings().unpairedExits()).containsExactly(0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "CPU:1 [LOST 3 EVENTS]!lost 3 events",
        "CPU:1 [LOST EVENTS]!lost 1 events",
        "CPU:0 [EVENTS DROPPED]!lost 1 events",
        "CPU:0 [12 EVENTS DROPPED]!lost 12 events"
      })
  void lostEventsAreSaid(String line, String remark) {
    String text = in("a-1", ".....", 1, "f") + line + "\n" + out("a-1", ".....", 3, "f");
    assertThat(remarks(text)).singleElement().asString().contains(remark, "buffer_size_kb");
    assertThat(CallsOf.in(line + "\n" + text)).isEqualTo("+0.1@1 -0.1@3");
  }

  @Test
  void whereTimeGoesBackOnTheSameCpuAnotherRecordingBegins() {
    String text =
        in("a-1", ".....", 5, "f") + out("a-1", ".....", 3, "f") + in("a-1", ".....", 9, "f");
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@5 -0.1@5 +0.1@before -0.1@5 +0.1@11");
    assertThat(remarks(text)).singleElement().asString().contains("2 recordings follow each other");
  }

  @Test
  void linesMayEndAsOnWindows() {
    String text = in("a-1", ".....", 1, "f") + out("a-1", ".....", 3, "f");
    assertThat(CallsOf.in(text.replace("\n", "\r\n"))).isEqualTo("+0.1@1 -0.1@3");
    String graph = graph(1, 1, "", "f() {") + graph(1, 3, "  2.000 us ", "} /* f */");
    assertThat(CallsOf.in(graph.replace("\n", "\r\n"))).isEqualTo("+0.1@1 -0.1@3");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    assertThat(CallsOf.in("\ufeff1000,3000,1,f\n")).isEqualTo("+0.1@1 -0.1@3");
    assertThat(remarks("\ufeff1000,3000,1,f\n")).isEmpty();
  }

  @Test
  void aHoleOfNulBytesCostsWhatStoodThereAndIsSaid() {
    String text =
        in("a-1", ".....", 1, "f") + "\0".repeat(500) + out("a-1", ".....", 3, "f").strip() + "\n";
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 -0.1@3");
    assertThat(remarks(text))
        .containsExactly("-:2: warning: a hole of NUL bytes; what was written there is lost");
  }

  @Test
  void aDamagedLineAboveLinesThatAreSortedIsCountedOnce() {
    String one = in("a-1", ".....", 5, "f") + out("a-1", ".....", 9, "f");
    String other =
        (in("b-2", ".....", 1, "f") + out("b-2", ".....", 3, "f")).replace("[001]", "[000]");
    assertThat(remarks("==> cpu1/trace <==\n" + one + "?\n" + other))
        .anyMatch(r -> r.contains("-:1: warning: 2 damaged lines (1, 4) were"));
  }

  @Test
  void damagedLinesAreCountedAndTheFirstOnesNamed() {
    String good = in("a-1", ".....", 1, "f") + out("a-1", ".....", 3, "f");
    assertThat(remarks(good + "?\n" + good + "?\n"))
        .anyMatch(r -> r.contains("-:3: warning: 2 damaged lines (3, 6) were"));
    assertThat(remarks(good + "?\n".repeat(9) + good))
        .anyMatch(r -> r.contains("9 damaged lines (3, 4, 5, 6, 7, ...) were"));
  }

  @Test
  void aTraceWithNothingUsableIsRefused() {
    assertThatThrownBy(() -> CallsOf.in("# tracer: function_graph\n\nhello\n"))
        .hasMessageContaining("-:3: no usable line", "hello");
  }

  @Test
  void onlyTheCallChainsOfPerfArePassedOver() {
    String event = "  a b 1/7 [000]  0.000001:   1 probe:f: (ffffffff811b6124)\n";
    String back =
        "  a b 1/7 [000]  0.000003:   1 probe:f__return: (ffffffff811b6124 <- ffffffff811c049b)\n";
    String chain =
        "        ffffffff811b6124 f+0x4 ([kernel.kallsyms])\n            7f3a main+0x1 (/a b)\n\n";
    assertThat(CallsOf.in(event + chain + back + chain)).isEqualTo("+0.1@1 -0.1@3");
    assertThat(remarks(event + chain + back + chain)).isEmpty();
    assertThat(remarks(event + chain + "damage\n" + back))
        .anyMatch(r -> r.contains("-:5: warning: a damaged line"));
    assertThat(remarks(event + "  damage\n" + back))
        .anyMatch(r -> r.contains("-:2: warning: a damaged line"));
  }

  /** Which contexts calls came in, in order of entry. */
  private static final class Contexts implements CallConsumer {
    private final List<Integer> contexts = new ArrayList<>();

    static Contexts of(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
        return new TraceReader(source, null).read(Contexts::new).consumer();
      }
    }

    int of(int call) {
      return contexts.get(call);
    }

    @Override
    public void enter(Call call) {
      contexts.add(call.interruptContext());
    }

    @Override
    public void leave(Call call) {}
  }

  @Test
  void aReturnMayGoToACallerWithoutASymbol() {
    String call = in("a-1", ".....", 1, "f");
    String unnamed = event("a-1", ".....", 5, "f_out: (0xffffffffc0001234 <- f) arg1=0");
    assertThat(CallsOf.in(call + unnamed)).isEqualTo("+0.1@1 -0.1@5");
  }

  @Test
  void probesInProgramsAreNoneOfTheKernel() {
    String program =
        event("a-1", ".....", 1, "zfree_entry: (0x446420) arg1=1")
            + event("a-1", ".....", 2, "zfree_exit: (0x446540 <- 0x446420) arg1=0");
    String perf =
        "a 1 [000] 0.000001: probe_bash:readline: (55d3e4a0b0c0)\n"
            + "a 1 [000] 0.000009: probe_bash:readline__return: (55d3e4a0b0c0 <- 55d3e4a0c0aa)\n";
    for (String text : List.of(program, perf)) {
      assertThatThrownBy(() -> CallsOf.in(text)).hasMessageContaining("have no maxactive");
    }
    String kernel = in("a-1", ".....", 3, "f") + out("a-1", ".....", 5, "f");
    assertThat(CallsOf.in(program + kernel)).isEqualTo("+0.1@3 -0.1@5");
    assertThat(remarks(program + kernel)).singleElement().asString().contains("2 lines of probes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        " value |------------------------------------------ count!SystemTap and DTrace",
        "           value  ------------- Distribution ------------- count!SystemTap and DTrace",
        "{ pid:      18249 } hitcount:          1!the histogram of an event's trigger",
        "12:00:01.123456 read(3, 0x1, 4096) = 3 <0.000012>!what a program calls, as the program"
            + " sees it",
        "[pid  1234] read(3, 0x1, 4096) = 3!what a program calls, as the program sees it",
        "0.012 cat/1234 probe:vfs_read(__probe_ip: -212756)!perf script --ns",
        "   syscall            calls  errors  total       min!what a program calls",
        "funcgraph_entry:      # 33813.703 us |  vfio_pin_map_dma();!neither the task nor the CPU",
        "kworker: funcgraph_exit:   3.306 us    |   }!neither the task nor the CPU",
        "kernel_clone returned 1234 and took 5678 ns to execute!what a module printed",
        "[16:40:11.123456789] (+0.000010000) host kprobe: { cpu_id = 0 }, { ip = 1 }!LTTng",
        "   time    cpu  task name    wait time  sch delay   run time!perf sched",
        "SYSCALL                   COUNT        TIME (us)!sums counts or times up",
        "PID      TID      KVM_EXIT_REASON            COUNT!sums counts or times up",
        "HARDIRQ                    TOTAL_usecs!sums counts or times up",
        "       Caller   Avg Spin  Count   Max spin Total spin!sums counts or times up",
        "   VM-EXIT    Samples  Samples%     Time%    Min Time!sums counts or times up",
        " contended   total wait     max wait     avg wait!sums counts or times up",
        "TIME         READ/s  WRITE/s CREATE/s!sums counts or times up",
        "sda    p1    p5   p10   p50   p99!percentiles",
        "       Value     Percentile TotalCount 1/(1-Percentile)!percentiles",
        "{\"read\": {\"50\": 3e-05, \"99\": 0.0045}}!percentiles",
        "  Function        Hit    Time            Avg             s^2!exponential(mean=3us)",
        "13: kprobe  name fn_a  tag a04f5eef06a7f555  gpl run_time_ns 1 run_cnt 4!BPF programs run",
        "[{\"id\":13,\"type\":\"kprobe\",\"run_time_ns\":12,\"run_cnt\":4}]!BPF programs run",
        "lat_seconds_bucket{fn=\"fn_a\",le=\"1e-06\"} 3!metrics of Prometheus",
        "  /bin/bash readline_a            200       0!probes of programs",
        "ffffffff81234567  r  fn_a+0x0    [FTRACE]!which probes there are",
        "r8:kprobes/out fn_a $retval!which probes there are",
        "T: 0 ( 1234) P:80 I:1000 C:   1000 Min:      2!how late the system wakes up",
        "TIME(s)        PID          MS QUERY!lists events",
        "        COUNT      EVENT!it counts calls",
        "{\"timestamp\": \"2026-01-01\", \"Latency (us)\": {}}!JSON of another tool",
      })
  void eachToolThatTellsNoCallsIsNamed(String line, String cause) {
    assertThatThrownBy(() -> CallsOf.in("x\n" + line + "\n")).hasMessageContaining(cause);
    assertThatThrownBy(() -> CallsOf.in("Attaching 1 probe...\n" + line + "\n"))
        .hasMessageContaining(cause);
  }
}
