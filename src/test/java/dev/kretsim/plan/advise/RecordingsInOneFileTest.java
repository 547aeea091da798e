package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.Plan;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several recordings in one file, each under its own header, with time going forward or not. */
class RecordingsInOneFileTest {
  private static String entry(int cpu, int task, int micros) {
    return line(cpu, task, micros, "ain: (fn_a+0x4/0x90)");
  }

  private static String exit(int cpu, int task, int micros) {
    return line(cpu, task, micros, "aout: (fn_c+0x20/0x40 <- fn_a)");
  }

  private static String line(int cpu, int task, int micros, String event) {
    return String.format(
        Locale.ROOT, "  wk-%d   [%03d] ....1   100.%06d: %s%n", task, cpu, micros, event);
  }

  private static String graph(int cpu, int task, int micros, String duration, String call) {
    return String.format(
        Locale.ROOT,
        "  10.%06d |   %d)    wk-%d   | %-13s |  %s%n",
        micros,
        cpu,
        task,
        duration,
        call);
  }

  @ParameterizedTest
  @ValueSource(strings = {"# tracer: nop\n#\n", "cpus=2\n", "# captured on    : Sun Nov 29\n#\n"})
  void areNotPairedAcrossTheHeader(String header) {
    String first = entry(0, 101, 100) + exit(0, 101, 200) + entry(0, 102, 300);
    String second = exit(0, 102, 900) + entry(1, 103, 950) + exit(1, 103, 990);
    Plan plan = Recordings.planText(header + first + header + second);
    FunctionPlan function = Recordings.only(plan);
    assertThat(function.calls()).isEqualTo(3);
    assertThat(Objects.requireNonNull(function.hold()).meanNs()).isEqualTo(70_000);
    assertThat(function.unfinished()).isEqualTo(2);
    assertThat(function.unpairedExits()).isEqualTo(1);
    assertThat(function.spanNs()).isEqualTo(200_000 + 90_000);
    assertThat(plan.remarks())
        .singleElement()
        .asString()
        .contains("2 recordings follow each other")
        .doesNotContain("time goes back");
    assertThat(Recordings.only(Recordings.planText(header + first + second)).unfinished()).isZero();
  }

  @Test
  void areNotPairedAcrossInAGraph() {
    String header = "# tracer: function_graph\n#\n";
    String text =
        header
            + graph(0, 101, 100, "+ 10.000 us", "fn_a();")
            + graph(0, 102, 300, "", "fn_a() {")
            + header
            + graph(0, 102, 900, "", "fn_a() {")
            + graph(0, 102, 950, "+ 50.000 us", "}");
    FunctionPlan plan = Recordings.only(Recordings.planText(text));
    assertThat(plan.calls()).isEqualTo(3);
    assertThat(plan.unfinished()).isEqualTo(1);
    assertThat(plan.lostExits()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"# tracer: nop\n#\n", "[...]\n"})
  void whoEntersLastInOneIsInsideToo(String between) {
    String inside = entry(0, 101, 100) + entry(0, 102, 150) + entry(0, 103, 150);
    String next = entry(0, 104, 900) + exit(0, 104, 950);
    FunctionPlan plan = Recordings.only(Recordings.planText(inside + between + next));
    assertThat(plan.peakInside()).isEqualTo(3);
    assertThat(Recordings.missed(plan, 1)).isEqualTo(2);
    assertThat(Recordings.missed(plan, 2)).isEqualTo(1);
  }

  @Test
  void callsInsideFromTheStartHaveInstancesInOrderOfTheirEntries() {
    String text =
        graph(0, 101, 300, "# 9000.000 us", "} /* fn_a */")
            + graph(0, 103, 400, "", "fn_a() {")
            + graph(0, 103, 500, "! 100.000 us", "} /* fn_a */")
            + graph(0, 102, 800, "# 9999.000 us", "} /* fn_a */")
            + graph(0, 104, 900, "", "fn_a() {")
            + graph(0, 104, 1000, "! 100.000 us", "} /* fn_a */");
    FunctionPlan plan =
        Recordings.only(Recordings.planText("# tracer: function_graph\n#\n" + text));
    assertThat(plan.calls()).isEqualTo(2);
    assertThat(Recordings.missed(plan, 1)).as("102 came first, and has the instance").isEqualTo(1);
    assertThat(Recordings.missed(plan, 2)).isZero();
  }

  @Test
  void ofCpusEachUnderItsHeaderAreOne() {
    String header = "# tracer: nop\n#\n";
    String text = header + entry(0, 101, 100) + header + exit(1, 101, 200);
    Plan plan = Recordings.planText(text);
    assertThat(Recordings.only(plan).unfinished()).isZero();
    assertThat(plan.remarks()).isEmpty();
    String back = header + entry(0, 101, 100) + entry(0, 101, 300) + header + exit(1, 101, 200);
    assertThat(Recordings.planText(back).remarks())
        .singleElement()
        .asString()
        .contains("time goes back in 1 place,");
  }

  @Test
  void thousandsInARowAreReadOneAfterTheOther() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append("# tracer: nop\n").append(entry(0, 7, 100 * i)).append(exit(0, 7, 100 * i + 50));
    }
    FunctionPlan plan = Recordings.only(Recordings.planText(text.toString()));
    assertThat(plan.calls()).isEqualTo(3000);
    assertThat(plan.spanNs()).isEqualTo(3000 * 50_000);
  }
}
