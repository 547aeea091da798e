package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Misses;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.event.EventNames;
import dev.kretsim.trace.read.TraceFormat.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each tool prints is known by its content and read whole. */
class FormatsTest {
  @ParameterizedTest
  @CsvSource({
    "events-latency.txt, EVENTS, CALLS",
    "events-irqinfo-tgid.txt, EVENTS, CALLS",
    "events-noirqinfo-tgid.txt, EVENTS, CALLS",
    "events-5.10-tgid.txt, EVENTS, CALLS",
    "trace-cmd.txt, TRACE_CMD, CALLS",
    "trace-cmd-latency.txt, TRACE_CMD, CALLS",
    "trace-cmd-graph.txt, TRACE_CMD, CALLS",
    "perf-script-ns.txt, PERF, CALLS",
    "perf-script-chains.txt, PERF, CALLS",
    "graph-abstime.txt, FUNCTION_GRAPH, CALLS",
    "graph-noabstime.txt, FUNCTION_GRAPH, HOLDS",
    "bpftrace-hist.txt, BPFTRACE, HOLDS",
    "bpftrace-lhist.txt, BPFTRACE, HOLDS",
    "bpftrace.json, BPFTRACE, HOLDS",
    "funclatency.txt, FUNCLATENCY, HOLDS",
    "funclatency-functions.txt, FUNCLATENCY, HOLDS",
    "argdist.txt, FUNCLATENCY, HOLDS",
    "profile-after.txt, PROFILE, COUNTERS",
  })
  void theFormatIsToldByContent(String name, TraceFormat format, Kind kind) {
    assertThat(TraceContent.of(Samples.source(name), null))
        .isEqualTo(new TraceContent(format, kind));
    assertThat(TraceContent.of(Samples.source(name), format).kind()).isEqualTo(kind);
  }

  /** Calls and those a pool of one, two and four misses, as a plain count over the lines has it. */
  @ParameterizedTest
  @CsvSource({
    "trace-cmd.txt, vfs_read, 18, 9, 8, 3",
    "trace-cmd.txt, do_sys_openat2, 11, 2, 0, 0",
    "trace-cmd.txt, hrtimer_nanosleep, 8, 7, 6, 4",
    "trace-cmd-latency.txt, 0xffffffff811b6124, 17, 11, 8, 2",
    "perf-script-ns.txt, 0xffffffff811b6124, 22, 15, 11, 2",
    "perf-script-chains.txt, hrtimer_nanosleep, 11, 7, 5, 1",
    "events-latency.txt, hrtimer_nanosleep, 2, 1, 0, 0",
    "events-irqinfo-tgid.txt, hrtimer_nanosleep, 4, 3, 2, 0",
    "events-noirqinfo-tgid.txt, hrtimer_nanosleep, 4, 3, 2, 0",
    "trace-cmd-graph.txt, vfs_read, 60, 53, 52, 46",
  })
  void everyCallIsRead(
      String name, String function, int calls, int missedByOne, int byTwo, int byFour) {
    TraceReader.Reading<Misses> reading = Misses.of(Samples.source(name));
    int number = reading.findings().functions().indexOf(function);
    assertThat(number).as("%s in %s", function, reading.findings().functions()).isNotNegative();
    Misses misses = reading.consumer();
    assertThat(misses.calls(number)).isEqualTo(calls);
    assertThat(misses.lost()).isZero();
    assertThat(misses.missed(number, 1)).isEqualTo(missedByOne);
    assertThat(misses.missed(number, 2)).isEqualTo(byTwo);
    assertThat(misses.missed(number, 4)).isEqualTo(byFour);
    assertThat(reading.findings().unpairedExits().get(number)).isZero();
    assertThat(reading.findings().remarks()).noneMatch(remark -> remark.contains("warning"));
  }

  @Test
  void theCpusOfTheMachineAreInTraceCmdsFirstLine() {
    assertThat(Misses.of(Samples.source("trace-cmd.txt")).findings().possibleCpus()).isEqualTo(2);
  }

  @Test
  void perfsNanosecondsAreKept() {
    assertThat(Misses.of(Samples.source("perf-script-ns.txt")).consumer().firstEntryNs())
        .isEqualTo(71_294_038_936L);
  }

  @Test
  void functionsKnownByAddressOnlyAreSaidToBe() {
    assertThat(Misses.of(Samples.source("perf-script-ns.txt")).findings().remarks())
        .singleElement()
        .asString()
        .contains("by address only");
  }

  @Test
  void rawEventsAreRefusedWithWhatToDo() {
    assertThatThrownBy(() -> Misses.of(Samples.source("trace-cmd-raw.txt")))
        .hasMessageContaining("trace-cmd-raw.txt:2: raw events")
        .hasMessageContaining("without -R");
    String graph =
        "cpus=2\n  wk-7 [000]  1.000100: funcgraph_entry:      func=0xffffffff812a3b40 depth=0\n";
    assertThatThrownBy(() -> CallsOf.in(graph)).hasMessageContaining("without -R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vfs_read_in vfs_read_out",
        "p_vfs_read_0 r_vfs_read_0",
        "vfs_read vfs_read__return",
        "vfs_read_entry vfs_read_exit",
        "probe:vfs_read probe:vfs_read__return_1",
      })
  void eventsNamedAfterTheirFunctionTellIt(String events) {
    String[] names = events.split(" ", -1);
    assertThat(EventNames.function(names[0], names[1])).isEqualTo("vfs_read");
  }

  @Test
  void eventsNamedAfterNothingTellNoFunction() {
    assertThat(EventNames.function("ent", "ret")).isEmpty();
    assertThat(EventNames.function("vfs_read_in", "vfs_write_out")).isEmpty();
  }

  @Test
  void anEntryProbeBehindALandingPadIsOfTheSameFunction() {
    String text =
        "cpus=1\n"
            + " a-1 [000] 1.000001: f_in:  (ffffffff811b6124)\n"
            + " a-1 [000] 1.000005: f_out: (ffffffff811b6120 <- ffffffff811c049b)\n";
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1000001 -0.1@1000005");
    assertThat(CallsOf.reading(text).findings().functions()).containsExactly("f");
  }
}
