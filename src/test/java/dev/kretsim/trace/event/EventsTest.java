package dev.kretsim.trace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.read.TraceReader;
import dev.kretsim.trace.text.Line;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How entries and returns of kprobe events become calls. */
class EventsTest {
  private static String entry(int task, int micros, String function) {
    return String.format(
        Locale.ROOT,
        "   wl-%d [000] .....  0.%06d: %s_in: (%s+0x4/0x170)%n",
        task,
        micros,
        function,
        function);
  }

  private static String exit(int task, int micros, String function) {
    return String.format(
        Locale.ROOT,
        "   wl-%d [000] .....  0.%06d: %s_out: (caller+0x4b/0x90 <- %s) arg1=0%n",
        task,
        micros,
        function,
        function);
  }

  @Nested
  class Columns {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "              wl-2764    (   2764) [000] .....   166.579372: ",
          "              wl-2764    (   2764) [000]    166.579372: ",
          "           <...>-2764    [012] d..3.   166.579372: ",
          "              wl-2764    [000] ....   166.579372: ",
          "              wl-2764    [000]   166.579372123: ",
          " Web Content-1 x-2764    (-------) [001] dNh1.   166.579372: ",
          " kworker/u8:0-[9]-2764 [001] .....   166.579372: ",
          "                wl-2764 [001]..... 166.579372: ",
          "                wl-2764 [001]d..2 166.579372: ",
        })
    void areReadInEveryVariant(String prefix) {
      FtracePrefix read = new FtracePrefix();
      Line line = Line.of(prefix + "ent: (f+0x0/0x10)");
      assertThat(read.read(line)).isTrue();
      assertThat(read.pid).isEqualTo(2764);
      assertThat(read.timeNs / 1000).isEqualTo(166_579_372);
      assertThat(line.text(read.eventFrom, read.eventTo)).isEqualTo("ent");
      assertThat(line.at(read.payload)).isEqualTo((byte) '(');
    }

    @Test
    void theThirdFlagTellsTheInterruptLevelOnItsCpu() {
      FtracePrefix read = new FtracePrefix();
      assertThat(read.read(Line.of("a-1 [002] d.h1. 0.000001: e: (f+0x0/0x10)"))).isTrue();
      int hard = read.context;
      assertThat(read.read(Line.of("a-1 [002] ..s1. 0.000001: e: (f+0x0/0x10)"))).isTrue();
      assertThat(read.context).isNotZero().isNotEqualTo(hard);
      assertThat(read.read(Line.of("a-1 [002] d..1. 0.000001: e: (f+0x0/0x10)"))).isTrue();
      assertThat(read.context).isZero();
      assertThat(read.read(Line.of("a-1 [002] d..h1.. 0.000001: e: (f+0x0/0x10)"))).isTrue();
      assertThat(read.context).as("with a column for lazy rescheduling").isEqualTo(hard);
      assertThat(read.read(Line.of("a-1 2d..h1.. 1us : e: (f+0x0/0x10)"))).isTrue();
      assertThat(read.context).as("in latency format").isEqualTo(hard);
    }

    @Test
    void aModuleBehindTheFunctionIsNotPartOfItsName() {
      TraceReader.Reading<CallsOf> reading =
          CallsOf.reading(
              "a-1 [0] 0.000001: e: (f+0x0/0x10 [kro])\n"
                  + "a-1 [0] 0.000002: r: (g+0x1/0x2 [kro] <- f [kro])\n");
      assertThat(reading.findings().functions()).containsExactly("f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " [mod]", " <ffffffff81200000>", " [mod] <ffffffff81200000>"})
    void aSymbolMayBeShownWithItsModuleAndAddress(String behind) {
      String text =
          "   wl-7 [000] .....  0.000001: f_in: (f+0x4/0x170"
              + behind
              + ")\n"
              + "   wl-7 [000] .....  0.000003: f_out: (caller+0x4b/0x90"
              + behind
              + " <- f"
              + behind
              + ") arg1=0\n";
      assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 -0.1@3");
    }

    @ParameterizedTest
    @ValueSource(strings = {" - f", " f", " <", " <- ", " <81200000> f", "x"})
    void whatMayBeLeftOfAnArrowMakesNoEntry(String behind) {
      String text =
          "   wl-7 [000] .....  0.000001: f_in: (f+0x4/0x170)\n"
              + "   wl-7 [000] .....  0.000003: f_out: (caller+0x4/0x90"
              + behind
              + ") arg1=0\n";
      assertThat(CallsOf.reading(text).findings().functions()).containsExactly("f");
    }

    @Test
    void aClockThatCountsIsRefused() {
      assertThatThrownBy(
              () -> CallsOf.in("wl-2779    [000] .....            4: ent: (f+0x4/0x170)\n"))
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("-:1: the stamps are a plain counter (4)")
          .hasMessageContaining("trace_clock");
    }

    @Test
    void otherEventsAndProbesInsideAFunctionArePassedOver() {
      assertThat(
              CallsOf.in(
                  "a-1 [0] 0.000001: sched_waking: comm=b pid=2\n"
                      + "a-1 [0] 0.000001: mid: (f+0x44/0x170)\n"
                      + entry(1, 2, "f")
                      + exit(1, 3, "f")))
          .isEqualTo("+0.1@2 -0.1@3");
    }

    @Test
    void ofTwoReturnProbesOnAFunctionTheFirstCounts() {
      String second = exit(1, 4, "f").replace("f_out", "another");
      assertThat(CallsOf.in(entry(1, 2, "f") + exit(1, 3, "f") + second + entry(1, 5, "f")))
          .isEqualTo("+0.1@2 -0.1@3 +0.1@5");
    }
  }

  @Nested
  class Pairing {
    @Test
    void aReturnEndsTheInnermostCallOfItsFunctionInItsTask() {
      assertThat(
              CallsOf.in(
                  entry(1, 1, "f")
                      + entry(2, 2, "f")
                      + entry(1, 3, "g")
                      + exit(1, 4, "g")
                      + exit(1, 5, "f")
                      + exit(2, 6, "f")))
          .isEqualTo("+0.1@1 +0.1@2 +1.1@3 -1.1@4 -0.1@5 -0.1@6");
    }

    @Test
    void twoEntriesWithTwoReturnsAreRecursion() {
      assertThat(
              CallsOf.in(entry(1, 1, "f") + entry(1, 2, "f") + exit(1, 3, "f") + exit(1, 4, "f")))
          .isEqualTo("+0.1@1 +0.2@2 -0.2@3 -0.1@4");
    }

    @Test
    void anEntryWithoutReturnEndsWhereItsTaskEntersAgain() {
      assertThat(CallsOf.in(entry(1, 1, "f") + entry(1, 4, "f") + exit(1, 6, "f")))
          .isEqualTo("+0.1@1 -0.1@lost +0.1@4 -0.1@6");
    }

    @Test
    void anEntryWithoutReturnEndsWhereItsTaskLeavesTheEnclosingCall() {
      assertThat(CallsOf.in(entry(1, 1, "g") + entry(1, 2, "f") + exit(1, 5, "g")))
          .isEqualTo("+0.1@1 +1.1@2 -1.1@lost -0.1@5");
    }

    @Test
    void anOpenCallInsideAnotherThatReturnsIsRecursionNotLoss() {
      assertThat(
              CallsOf.in(
                  entry(1, 1, "f")
                      + entry(1, 2, "g")
                      + entry(1, 3, "f")
                      + exit(1, 4, "f")
                      + exit(1, 5, "g")))
          .isEqualTo("+0.1@1 +1.1@2 +0.2@3 -0.2@4 -1.1@5");
    }

    @Test
    void aTaskInsideAtTheEndIsNotLost() {
      assertThat(CallsOf.in(entry(1, 1, "f") + exit(1, 2, "f") + entry(1, 3, "f")))
          .isEqualTo("+0.1@1 -0.1@2 +0.1@3");
    }

    @Test
    void recursionThatIsOpenAtTheEndStaysOpenIfTheFunctionWasSeenToRecurse() {
      String recursion = entry(2, 1, "f") + entry(2, 2, "f") + exit(2, 3, "f") + exit(2, 4, "f");
      assertThat(CallsOf.in(recursion + entry(1, 5, "f") + entry(1, 6, "f")))
          .endsWith("+0.1@5 +0.2@6");
      assertThat(CallsOf.in(entry(1, 5, "f") + entry(1, 6, "f")))
          .isEqualTo("+0.1@5 -0.1@lost +0.1@6");
    }

    @Test
    void aTaskThatReturnsFirstWasInsideFromTheStart() {
      TraceReader.Reading<CallsOf> reading =
          CallsOf.reading(entry(2, 1, "f") + exit(1, 3, "f") + exit(2, 5, "f"));
      assertThat(CallsOf.in(entry(2, 1, "f") + exit(1, 3, "f") + exit(2, 5, "f")))
          .isEqualTo("+0.1@before +0.1@1 -0.1@3 -0.1@5");
      assertThat(reading.findings().unpairedExits()).containsExactly(1L);
    }

    @Test
    void aReturnWhoseEntryWasLostIsCountedAndNothingMore() {
      String text = entry(1, 1, "f") + exit(1, 2, "f") + exit(1, 9, "f");
      assertThat(CallsOf.in(text)).isEqualTo("+0.1@1 -0.1@2");
      assertThat(CallsOf.reading(text).findings().unpairedExits()).containsExactly(1L);
    }

    @Test
    void eachCpusIdleTaskIsATaskOfItsOwn() {
      String idle =
          "<idle>-0 [000] 0.000001: e: (f+0x0/0x9)\n<idle>-0 [001] 0.000002: e: (f+0x0/0x9)\n"
              + "<idle>-0 [000] 0.000003: r: (g+0x0/0x9 <- f)\n"
              + "<idle>-0 [001] 0.000004: r: (g+0x0/0x9 <- f)\n";
      assertThat(CallsOf.in(idle)).isEqualTo("+0.1@1 +0.1@2 -0.1@3 -0.1@4");
    }
  }

  @Nested
  class AtOneStamp {
    @Test
    void aReturnComesBeforeAnEntryExceptACallsOwn() {
      assertThat(
              CallsOf.in(
                  entry(1, 1, "f")
                      + entry(2, 5, "f")
                      + exit(2, 5, "f")
                      + entry(3, 5, "f")
                      + exit(1, 5, "f")
                      + exit(3, 6, "f")))
          .isEqualTo("+0.1@1 -0.1@5 +0.1@5 -0.1@5 +0.1@5 -0.1@6");
    }

    @Test
    void anOuterCallWaitsForTheOneNestedInIt() {
      assertThat(
              CallsOf.in(entry(1, 1, "f") + entry(1, 5, "f") + exit(1, 5, "f") + exit(1, 5, "f")))
          .isEqualTo("+0.1@1 +0.2@5 -0.2@5 -0.1@5");
    }
  }
}
