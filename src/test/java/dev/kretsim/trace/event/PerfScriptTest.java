package dev.kretsim.trace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.CallsOf;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What perf script prints besides entries and returns, and what its options change. */
class PerfScriptTest {
  private static String line(int task, String stamp, String rest) {
    return String.format(Locale.ROOT, "      wk %5d [001] %12s: %s%n", task, stamp, rest);
  }

  private static String in(int task, String stamp) {
    return line(task, stamp, "probe:fn_a: (ffffffff81200000)");
  }

  private static String out(int task, String stamp) {
    return line(task, stamp, "probe:fn_a__return: (ffffffff81200000 <- ffffffff81300000)");
  }

  private static List<String> remarks(String text) {
    return CallsOf.reading(text).findings().remarks();
  }

  @Test
  void stampsThatTellTheTimeSinceTheLineAboveAreRefused() {
    String deltas = in(7, "0.000000") + in(8, "0.000050") + out(7, "0.000150") + out(8, "0.000020");
    assertThatThrownBy(() -> CallsOf.in(deltas))
        .hasMessageContainingAll("--deltatime", "perf script --ns");
  }

  @Test
  void stampsThatTellTheTimeSinceTheFirstLineAreRead() {
    String relative = in(7, "0.000000") + in(8, "0.000050") + out(7, "0.000200");
    assertThat(CallsOf.in(relative)).isEqualTo("+0.1@0 +0.1@50 -0.1@200");
    String twice = relative + out(8, "0.000300") + relative + out(8, "0.000300");
    assertThat(remarks(twice)).singleElement().asString().contains("2 recordings");
  }

  @ParameterizedTest
  @CsvSource({"LOST,45", "LOST_SAMPLES,1"})
  void whatPerfLostIsSaid(String record, int lost) {
    String text =
        in(7, "1.000000")
            + line(7, "1.000001", "PERF_RECORD_" + record + " lost " + lost)
            + out(7, "1.000005");
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1000000 -0.1@1000005");
    assertThat(remarks(text))
        .containsExactly(
            "-: warning: perf lost "
                + lost
                + " events; record with a larger buffer: perf record -m");
  }

  @Test
  void threadsAreEnoughWhereNoLineShowsItsCpu() {
    String text =
        "      wk   7 1.000000: probe:fn_a: (ffffffff81200000)\n"
            + "a 1 b  8/9 1.000003:     1 probe:fn_a: (ffffffff81200000)\n"
            + "      wk   7 1.000005: probe:fn_a__return: (ffffffff81200000 <- ffffffff81300000)\n"
            + "a 1 b  8/9 1.000009:     1 probe:fn_a__return: (ffffffff81200000 <- ffffffff813)\n";
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1000000 +0.1@1000003 -0.1@1000005 -0.1@1000009");
    assertThat(CallsOf.reading(text).findings().possibleCpus()).isZero();
    assertThat(remarks(in(7, "1.000000") + text))
        .anyMatch(remark -> remark.contains("4 damaged lines"));
  }

  @Test
  void theModeMayStandBehindTheCpu() {
    String text = in(7, "1.000000") + out(7, "1.000005");
    assertThat(CallsOf.in(text.replace("[001]", "[001] K "))).isEqualTo(CallsOf.in(text));
    assertThat(CallsOf.in(text.replace("[001]", "[001] PMH "))).isEqualTo(CallsOf.in(text));
  }

  @Test
  void theCommandMayBeLeftOut() {
    String text =
        "12345 [001] 1.000000: probe:fn_a: (ffffffff81200000)\n"
            + "12345 [001] 1.000005: probe:fn_a__return: (ffffffff81200000 <- ffffffff81300000)\n";
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1000000 -0.1@1000005");
    assertThat(CallsOf.in(text.replace("12345 ", "  345 "))).isEqualTo(CallsOf.in(text));
  }

  @Test
  void switchesAndOtherRecordsBetweenAreNoDamage() {
    String text =
        in(7, "1.000000")
            + line(7, "1.000001", "PERF_RECORD_SWITCH OUT          next pid/tid:     0/0")
            + line(7, "1.000002", "PERF_RECORD_COMM: other:7/7")
            + out(7, "1.000005");
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@1000000 -0.1@1000005");
    assertThat(remarks(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "probe:fn_a, probe:fn_a__return, fn_a",
    "probe:fn_a_1, probe:fn_a__return_1, fn_a",
    "kprobes:fn_a, kprobes:fn_a__return, fn_a",
    "probe:fn_a_2x, probe:fn_a__return, 0xffffffff81200000",
    "probe:fn_ab, probe:fn_a__return, 0xffffffff81200000"
  })
  void aProbeOfATakenNameHasANumber(String entry, String exit, String function) {
    String text =
        (in(7, "1.000000") + out(7, "1.000005"))
            .replace("probe:fn_a__return", exit)
            .replace("probe:fn_a:", entry + ":");
    assertThat(CallsOf.reading(text).findings().functions()).containsExactly(function);
  }
}
