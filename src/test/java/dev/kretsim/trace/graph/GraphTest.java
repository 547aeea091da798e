package dev.kretsim.trace.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.read.TraceReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How the lines of function_graph become calls. */
class GraphTest {
  private static String line(int task, int micros, String duration, String call) {
    return String.format(
        Locale.ROOT, "    0.%06d |   0)    wl-%d   | %-13s |  %s%n", micros, task, duration, call);
  }

  @Test
  void aLeafIsEnteredAtItsStampAndReturnsAfterItsDuration() {
    assertThat(CallsOf.in(line(1, 1, "  3.500 us ", "f();") + line(2, 3, "  1.000 us ", "f();")))
        .isEqualTo("+0.1@1 +0.1@3 -0.1@4 -0.1@4.5");
  }

  @Test
  void aCallThatReturnsMuchLaterThanItsDurationSaysWasAsleep() {
    String text =
        line(1, 1, "", "f() {")
            + line(1, 120, "! 110.000 us ", "}")
            + line(1, 200, "", "f() {")
            + line(1, 5200, "! 110.000 us ", "}");
    List<Long> holds = new ArrayList<>();
    CallConsumer consumer =
        new CallConsumer() {
          @Override
          public void enter(Call call) {
            // Its end tells.
          }

          @Override
          public void leave(Call call) {
            holds.add(call.holdNs());
          }
        };
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (TraceSource source = TraceSource.of("-", new ByteArrayInputStream(bytes))) {
      TraceReader.Reading<CallConsumer> read = new TraceReader(source, null).read(() -> consumer);
      assertThat(holds).containsExactly(110_000L, 5_000_000L);
      assertThat(read.findings().remarks())
          .singleElement()
          .asString()
          .contains("1 calls return later than their durations say", "nosleep-time");
    }
  }

  @Test
  void aLeafHasReturnedWhenItsTaskGoesOn() {
    assertThat(CallsOf.in(line(1, 1, "  3.500 us ", "f();") + line(1, 4, "  1.000 us ", "f();")))
        .isEqualTo("+0.1@1 -0.1@4.5 +0.1@4.5 -0.1@5.5");
  }

  @Test
  void aBraceClosesTheCallAtItsDepth() {
    assertThat(
            CallsOf.in(
                line(1, 1, "", "f() {")
                    + line(1, 2, "", "  f() {")
                    + line(1, 3, "  1.000 us ", "  }")
                    + line(1, 5, "* 43650.18 us", "} /* f */")))
        .isEqualTo("+0.1@1 +0.2@2 -0.2@3 -0.1@5");
  }

  @Test
  void aCallWithoutBraceIsOverWhenItsTaskIsBackAtItsDepth() {
    assertThat(
            CallsOf.in(
                line(1, 1, "", "g() {")
                    + line(1, 2, "", "  f() {")
                    + line(1, 6, "", "  f() {")
                    + line(1, 9, "  8.000 us ", "} /* g */")))
        .isEqualTo("+0.1@1 +1.1@2 -1.1@lost +1.1@6 -1.1@lost -0.1@9");
  }

  @Test
  void aBraceBeforeAnyEntryEndsACallFromBeforeTheTrace() {
    assertThat(
            CallsOf.in(
                line(2, 1, "  1.000 us ", "f();") + line(1, 4, "* 43650.18 us", "} /* f */")))
        .isEqualTo("+0.1@before +0.1@1 -0.1@2 -0.1@4");
  }

  @Test
  void marksSwitchesAndCommentsAreNoCalls() {
    assertThat(
            CallsOf.in(
                line(1, 1, "", "f() {")
                    + " ------------------------------------------\n"
                    + " 1)     sh-152     =>   wl-dd-2607  \n"
                    + " ------------------------------------------\n\n"
                    + "CPU:1 [LOST 3 EVENTS]\n"
                    + line(1, 2, "", "  /* a note */")
                    + "    0.000003 |   0)    wl-1   |   ==========> |\n"
                    + line(1, 4, "  1.000 us ", "  f();")
                    + "    0.000005 |   0)    wl-1   |   <========== |\n"
                    + line(1, 6, "  5.000 us ", "}")))
        .isEqualTo("+0.1@1 +0.1@4 -0.1@5 -0.1@6");
  }

  @Test
  void newerKernelsShowArgumentsAndReturnValues() {
    assertThat(
            CallsOf.in(
                line(1, 1, "", "f [kro](a=1, b=2) {")
                    + line(1, 2, "  1.000 us ", "  g(x=5); /* ret=0x0 */")
                    + line(1, 4, "  3.000 us ", "} /* f ret=0x1 */")))
        .isEqualTo("+0.1@1 +1.1@2 -1.1@3 -0.1@4");
  }

  @Test
  void whatAReaderWroteBehindALineIsNoPartOfIt() {
    String whole =
        line(1, 1, "", "f() {") + line(1, 2, "  1.000 us ", "  g();") + line(1, 4, "3.0 us", "}");
    for (String remark : List.of("  <--- here", " // 3 ms; why?", "   # slow", " \u2026 (g)")) {
      String annotated = whole.replace("\n", remark + "\n");
      assertThat(CallsOf.in(annotated)).as(remark).isEqualTo(CallsOf.in(whole));
      assertThat(CallsOf.reading(annotated).findings().remarks()).as(remark).isEmpty();
    }
    String named = whole.replace("}", "} /* f */ <== LONG");
    assertThat(CallsOf.in(named)).isEqualTo(CallsOf.in(whole));
  }

  @Test
  void aColumnOfAnotherLineIsNoRemark() {
    String good = line(1, 1, "  1.000 us ", "f();");
    for (String call : List.of("f();  0) 1.000 us | g();", "}  0)  1.000 us |  g();")) {
      TraceReader.Reading<CallsOf> reading =
          CallsOf.reading(good + line(1, 4, "  1.000 us ", call) + good.replace("01 ", "09 "));
      assertThat(reading.findings().remarks()).as(call).isNotEmpty();
    }
  }

  @Test
  void withoutTimeItIsRefusedWithTheOptionToSet() {
    String text = "# tracer: function_graph\n 0)    wl-2623     | + 14.272 us   |  f();\n";
    assertThatThrownBy(() -> CallsOf.in(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("-:2: function_graph without absolute time")
        .hasMessageContaining("echo 1 > options/funcgraph-abstime");
  }

  @Test
  void aDamagedColumnInTheMiddleCostsOneLine() {
    String good = line(1, 1, "  1.000 us ", "f();");
    String[] damaged = {
      "    0.000002 |   0)    wl@1   |   1.000 us    |  f();\n",
      "    0.000002 |   0)           |   1.000 us    |  f();\n",
      "    0.000002 1   0)    wl-1   |   1.000 us    |  f();\n",
      " 0)    wl-1   |   1.000 us    |  f();\n",
      "    0.000002 |   0)    wl-1   |   1.000 us    |  f()\n",
    };
    for (String line : damaged) {
      TraceReader.Reading<CallsOf> reading =
          CallsOf.reading(good + line + line(1, 5, "  1.000 us ", "f();"));
      assertThat(reading.findings().remarks()).as(line).hasSize(1);
      assertThat(reading.findings().remarks().get(0)).contains("-:2: warning: a damaged line");
    }
  }
}
