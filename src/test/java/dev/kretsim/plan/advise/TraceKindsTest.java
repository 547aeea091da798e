package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of the kinds that people have, and what they show. */
class TraceKindsTest {
  private static String text(String name) {
    try (InputStream stream =
        Objects.requireNonNull(
            TraceKindsTest.class.getResourceAsStream("/trace-kinds/" + name + ".txt"), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code fn_a 2 calls, peak 2, missed 1 0, mean 75000}. */
  private static String shown(FunctionPlan plan) {
    String missed =
        plan.curve().stream()
            .map(point -> String.valueOf(point.missed()))
            .collect(Collectors.joining(" "));
    FunctionPlan.Hold hold = plan.hold();
    return String.format(
        Locale.ROOT,
        "%s %d calls, peak %d, missed %s, mean %s",
        plan.function(),
        plan.calls(),
        plan.peakInside(),
        missed,
        hold == null ? "unknown" : String.format(Locale.ROOT, "%.1f", hold.meanNs()));
  }

  private static String shown(String text) {
    return Recordings.planText(text).functions().stream()
        .map(TraceKindsTest::shown)
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String event(int cpu, int task, int micros, boolean entry) {
    return String.format(
        Locale.ROOT,
        "  wk-%d   [%03d] ....1   100.%06d: %s%n",
        task,
        cpu,
        micros,
        entry ? "ain: (fn_a+0x4/0x90)" : "aout: (fn_c+0x20/0x40 <- fn_a)");
  }

  private static String call(int cpu, int task, int fromMicros, int toMicros) {
    return event(cpu, task, fromMicros, true) + event(cpu, task, toMicros, false);
  }

  private static String graph(int task, int micros, String duration, String call) {
    return String.format(
        Locale.ROOT, "  10.%06d |   0)    wk-%d   | %-13s |  %s%n", micros, task, duration, call);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "per-cpu-concatenated | fn_a 4 calls, peak 2, missed 1 0, mean 175000.0",
        "fprobe-default-names | fn_a 2 calls, peak 2, missed 1 0, mean 125000.0",
        "duration-off | fn_a 2 calls, peak 2, missed 1 0, mean 75000.0",
        "duration-column-ignored | fn_a 2 calls, peak 1, missed 0, mean 185.5; fn_b 3 calls, peak"
            + " 1, missed 0, mean 160.0; fn_d 1 calls, peak 1, missed 0, mean 102817.0",
        "graph-args-retaddr-retval | fn_a 2 calls, peak 2, missed 1 0, mean 75000.0; fn_b 1 calls,"
            + " peak 1, missed 0, mean 500.0",
        "latency-format-events | fn_a 2 calls, peak 2, missed 1 0, mean 75000.0",
        "perf-callchain | fn_a 2 calls, peak 2, missed 1 0, mean 125000.0",
        "graph-switch-lines-no-task | fn_a 2 calls, peak 2, missed 1 0, mean 125000.0; fn_b 1"
            + " calls, peak 1, missed 0, mean 400.0",
      })
  void areReadRight(String name, String numbers) {
    assertThat(shown(text(name))).isEqualTo(numbers);
  }

  @Test
  void entriesAloneAreRefusedByTheFunctionsName() {
    assertThatThrownBy(() -> Recordings.planText(text("entries-only")))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("-: only entries of fn_a, no returns");
  }

  @Test
  void aReportWithoutAnyProbeSaysThatAlsoIfACpuWasIdle() {
    assertThatThrownBy(() -> Recordings.planText(text("sched-only-trace-cmd")))
        .hasMessageStartingWith("-: has no entry or return of a function");
  }

  @Test
  void buffersOfManyCpusOneAfterTheOtherAreSorted() {
    StringBuilder mixed = new StringBuilder();
    StringBuilder byCpu = new StringBuilder();
    for (int cpu = 0; cpu < 8; cpu++) {
      for (int i = 0; i < 50; i++) {
        byCpu.append(call(cpu, 100 + cpu, 1000 * i + 10 * cpu, 1000 * i + 10 * cpu + 35));
      }
    }
    byCpu
        .toString()
        .lines()
        .sorted(Comparator.comparing(line -> line.substring(line.indexOf("100."))))
        .forEach(line -> mixed.append(line).append('\n'));
    assertThat(shown(byCpu.toString())).isEqualTo(shown(mixed.toString()));
    assertThat(Recordings.planText(byCpu.toString()).remarks())
        .singleElement()
        .asString()
        .contains("time goes back in 7 places");
  }

  @Test
  void recordingsOneAfterTheOtherAreNotPairedAcross() {
    String first = call(0, 101, 100, 200) + event(0, 102, 300, true);
    String second = event(0, 102, 50, false) + call(0, 101, 60, 90);
    Plan plan = Recordings.planText(first + second);
    FunctionPlan function = Recordings.only(plan);
    assertThat(function.calls()).isEqualTo(3);
    assertThat(function.unfinished()).isEqualTo(2);
    assertThat(function.unpairedExits()).isEqualTo(1);
    assertThat(function.lostExits()).isZero();
    assertThat(function.spanNs()).isEqualTo(240_000);
    assertThat(plan.remarks())
        .singleElement()
        .asString()
        .contains("2 recordings follow each other");
    assertThat(shown(first + second)).endsWith("peak 1, missed 0, mean 65000.0");
  }

  @Test
  void aCallThatAnInterruptDelayedKeepsItsDuration() {
    assertThat(
            shown(
                graph(1, 2, "  0.190 us   ", "fn_b();")
                    + graph(1, 106, "! 102.817 us ", "fn_a();")
                    + graph(1, 109, "  0.150 us   ", "fn_b();")))
        .startsWith("fn_a 1 calls, peak 1, missed 0, mean 102817.0");
  }

  @Test
  void fastCallsOfOneTaskDoNotOverlapAndThoseOfTwoMay() {
    String one = graph(1, 1, "  0.300 us   ", "fn_a();");
    String other = graph(2, 1, "  0.300 us   ", "fn_a();");
    assertThat(shown(one + one + one)).isEqualTo("fn_a 3 calls, peak 1, missed 0, mean 300.0");
    assertThat(shown(one + other)).isEqualTo("fn_a 2 calls, peak 2, missed 1 0, mean 300.0");
  }

  @Test
  void aBraceWithinTheMicrosecondOfItsEntryTellsTheTimeBetween() {
    assertThat(shown(graph(1, 1, "", "fn_a() {") + graph(1, 1, "  0.500 us   ", "}")))
        .endsWith("mean 500.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "! 102.817 us ",
        "!102.817 us  ",
        "!! 102.817 us",
        "@ 102.817 us ",
        "#102.817 us  ",
        "  102.817 us "
      })
  void marksOfOldAndNewKernelsAreNoPartOfTheDuration(String duration) {
    assertThat(shown(graph(1, 106, duration, "fn_a();"))).endsWith("mean 102817.0");
  }

  @Test
  void returnsAloneAreCallsAsLongAsTheyTook() {
    Plan plan =
        Recordings.planText(
            graph(1, 200, "! 100.000 us ", "} /* fn_a */")
                + graph(2, 260, "! 120.000 us ", "} /* fn_a */")
                + graph(1, 400, "+ 50.000 us  ", "} /* fn_a */"));
    assertThat(shown(Recordings.only(plan)))
        .isEqualTo("fn_a 3 calls, peak 2, missed 1 0, mean 90000.0");
    assertThat(plan.remarks()).singleElement().asString().contains("tracing_thresh");
  }

  @Test
  void aReturnAtTheHeadOfACutTraceWasEnteredWhenItsDurationTells() {
    String late =
        graph(2, 100, "  1.000 us   ", "fn_a();")
            + graph(2, 150, "  1.000 us   ", "fn_a();")
            + graph(1, 200, "+ 60.000 us  ", "} /* fn_a */");
    FunctionPlan plan = Recordings.only(Recordings.planText(late));
    assertThat(plan.unfinished()).isEqualTo(1);
    assertThat(plan.curve().get(0).missed()).isEqualTo(1);
    String fromTheStart = late.replace("+ 60.000 us ", "! 160.000 us");
    assertThat(Recordings.only(Recordings.planText(fromTheStart)).curve().get(0).missed())
        .isEqualTo(2);
  }

  @Test
  void aLeafWhoseDepthSlipsDoesNotEndTheCallAroundIt() {
    assertThat(
            shown(
                graph(1, 100, "", "  fn_a() {")
                    + graph(1, 110, "  1.000 us   ", "  fn_b();")
                    + graph(1, 120, "  1.000 us   ", "fn_b();")
                    + graph(1, 200, "! 100.000 us ", "  } /* fn_a */")))
        .startsWith("fn_a 1 calls, peak 1, missed 0, mean 100000.0");
  }

  @ParameterizedTest
  @CsvSource({
    "probe:fn_a, probe:fn_a__return",
    "fn_a__entry, fn_a__exit",
    "p_fn_a_0, r_fn_a_0",
    "p_fn_a_bcc_4711, r_fn_a_bcc_4711",
    "fn_a_in, fn_a_out",
  })
  void eventsThatShowAddressesAreNamedAfterTheirFunction(String entry, String exit) {
    String prefix = "cpus=2\n wk-101   [000]   100.000100: ";
    String text =
        prefix
            + entry
            + ": (ffffffff81200000)\n wk-101   [000]   100.000200: "
            + exit
            + ": (ffffffff81200000 <- ffffffff81300000)\n";
    assertThat(shown(text)).startsWith("fn_a 1 calls");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1735689600.%06d", "1735689600%06d000"})
  void stampsMayCountFromTheYear1970(String stamp) {
    String text =
        event(0, 1, 100, true).replace("  100.000100", String.format(Locale.ROOT, stamp, 100))
            + event(0, 1, 200, false)
                .replace("  100.000200", String.format(Locale.ROOT, stamp, 200));
    assertThat(shown(text)).endsWith("mean 100000.0");
  }
}
