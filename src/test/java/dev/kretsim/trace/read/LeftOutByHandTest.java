package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.CallsOf;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces in which somebody put a mark in place of lines. */
class LeftOutByHandTest {
  private static String in(int micros) {
    return String.format(Locale.ROOT, "  a-1 [001] ..... 0.%06d: f_in: (f+0x4/0x170)%n", micros);
  }

  private static String out(int micros) {
    return String.format(
        Locale.ROOT, "  a-1 [001] ..... 0.%06d: f_out: (c+0x4/0x9 <- f)%n", micros);
  }

  private static String graph(int micros, String duration, String call) {
    return String.format(
        Locale.ROOT, "    0.%06d |   0)    a-1   | %-13s |  %s%n", micros, duration, call);
  }

  private static List<String> remarks(String text) {
    return CallsOf.reading(text).findings().remarks();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "...",
        " [...]",
        "(...)",
        ". . .",
        "[ .... ]",
        "<snip>",
        "--8<-- cut --8<--",
        "[ ... 1200 lines removed ... ]",
        "<... 3 more lines ...>",
        "--- lines omitted ---",
        "... many more events ...",
        "   .\n   .\n   .",
      })
  void noCallOfEventsGoesOnAcrossAMark(String mark) {
    String before = in(1) + out(3) + in(5);
    String after = out(700) + in(800) + out(900);
    assertThat(CallsOf.in(before + mark + "\n" + after))
        .isEqualTo(CallsOf.in(before + "# tracer: nop\n" + after));
    assertThat(remarks(before + mark + "\n" + after))
        .containsExactly(
            "-: warning: lines were left out by hand, first at line 4: what they told is missing,"
                + " no call was paired across them, and the time between does not count");
  }

  @Test
  void aMarkAboveOrBelowAllLinesBreaksNothingOff() {
    String calls = in(1) + out(3) + in(5) + out(9);
    assertThat(CallsOf.in("...\n" + calls + "...\n[snip]\n")).isEqualTo(CallsOf.in(calls));
    assertThat(remarks("...\n" + calls + "...\n[snip]\n")).isEmpty();
  }

  @Test
  void placesAreCounted() {
    assertThat(remarks("...\n" + in(1) + out(3) + "...\n" + in(5) + "[snip]\n" + out(9)))
        .singleElement()
        .asString()
        .contains("in 2 places, first at line 4");
  }

  @Test
  void aCallOfAGraphGoesOnAcrossAMarkIfItsDurationSaysSo() {
    String entry = graph(100, "", "f() {");
    String exit = graph(400, "! 300.000 us", "}");
    assertThat(CallsOf.in(entry + "[...]\n" + exit)).isEqualTo(CallsOf.in(entry + exit));
  }

  @Test
  void aCallOfAGraphIsAnotherBehindAMarkIfItsDurationSaysSo() {
    String entry = graph(100, "", "f() {");
    String exit = graph(900400, "! 300.000 us", "} /* f */");
    TraceReader.Reading<CallsOf> read = CallsOf.reading(entry + "[...]\n" + exit);
    assertThat(read.findings().unpairedExits()).containsExactly(1L);
    assertThat(remarks(entry + "[...]\n" + exit))
        .singleElement()
        .asString()
        .contains("goes on across them only where its duration says so");
  }

  @Test
  void aCallThatMustHaveEndedBetweenTheLinesLeftOutIsNotMissingItsReturn() {
    String text =
        graph(100, "", "f() {")
            + "[...]\n"
            + graph(300, "", "f() {")
            + graph(400, "! 100.000 us", "}");
    assertThat(CallsOf.in(text)).isEqualTo("+0.1@100 -0.1@300 +0.1@300 -0.1@400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This output includes the function that returns.",
        "Then, with the (second) patch applied:",
      })
  void noCallOfEventsGoesOnAcrossASentenceAndMuchTime(String text) {
    String before = in(1) + out(3) + in(5);
    String after = out(700) + in(800) + out(900);
    assertThat(CallsOf.in(before + "\n" + text + "\n\n" + after))
        .isEqualTo(CallsOf.in(before + "# tracer: nop\n" + after));
    assertThat(remarks(before + text + "\n" + after))
        .anyMatch(remark -> remark.contains("text stands between the lines"))
        .anyMatch(remark -> remark.contains("first above line 5"));
    String soon = out(7) + in(800) + out(900);
    assertThat(CallsOf.in(before + text + "\n" + soon)).isEqualTo(CallsOf.in(before + soon));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"# cat trace", "# ./kprobe -H r:f", "# perf script -i b.data", "Tracing f."})
  void whatAnotherCommandPrintedIsAnotherRecording(String command) {
    String before = in(1) + out(3) + in(5);
    String after = out(700) + in(800) + out(900);
    assertThat(CallsOf.in(before + command + "\n" + after))
        .isEqualTo(CallsOf.in(before + "# tracer: nop\n" + after));
  }

  @Test
  void aCallGoesOnAcrossAnAnswerToAQuotedTrace() {
    String quoted = "> " + in(1) + "\nHere it goes in, and it stays:\n\n> " + out(3);
    assertThat(CallsOf.in(quoted)).isEqualTo(CallsOf.in(in(1) + out(3)));
  }
}
