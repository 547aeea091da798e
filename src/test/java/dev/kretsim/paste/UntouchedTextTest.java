package dev.kretsim.paste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceMutator;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told to be untouched shows no sign of having been pasted, however one looks for it. */
class UntouchedTextTest {
  private static final String EVENTS =
      """
      # tracer: nop
      #
      # entries-in-buffer/entries-written: 6/6   #P:2
      #
      #                                _-----=> irqs-off/BH-disabled
      #                               / _----=> need-resched
      #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
      #              | |         |   |||||     |         |
                 wl-dd-2607    [000] .....   140.000000: f_in: (f+0x4/0x370)
                <idle>-0       [001] d.h1.   140.000001: g_in: (g+0x4/0x370) a=1 b="x y"
                 <...>-2608    [001] .....   140.000052: g_out: (h+0x6f/0xf0 <- g) arg1=4096
       kworker/0:1-33      [000] .....   140.000053: f_out: (ksys_read+0x6f/0xf0 <- f) arg1=0x0
      kworker/u4:2-123456  [000] .....   140.000057: f_in: (f+0x4/0x370)
                 wl-dd-2608    [001] .....   140.000062: f_out: (f+0x4/0x370 <- f)
      """;

  private static final String PERF =
      """
                 wl-dd  2607/2607  [000]   140.000000:     kprobes:f_in: (f+0x4/0x370)
               swapper     0 [001]   140.000001: kprobes:g_in: (g+0x4/0x370) a=1 b="x y"
           kworker/u4-12  2608 [001]   140.000052: probe:g_out: (ffffffff9a2 <- ffffffff9b1) arg1=4096
                 wl-dd  2607/2607  [000]   140.000057:     kprobes:f_out: (h+0x6f/0xf0 <- f)
                 wl-dd  2607/2608  [000]   140.000058:     kprobes:f_in: (f+0x4/0x370)
      """;

  private static String text(String name) {
    return switch (name) {
      case "events" -> EVENTS;
      case "perf" -> PERF;
      default -> Samples.text(name);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"events", "perf", "graph-abstime.txt", "graph-noabstime.txt"})
  void whatTheKernelWroteIsToldToBeUntouched(String name) {
    byte[] bytes = text(name).getBytes(StandardCharsets.UTF_8);

    assertThat(UntouchedText.is(bytes, bytes.length, true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"events", "perf", "graph-abstime.txt", "graph-noabstime.txt"})
  void whatIsToldToBeUntouchedShowsNoSign(String name) {
    String text = text(name).lines().limit(40).reduce("", (all, line) -> all + line + "\n");
    SplittableRandom random = new SplittableRandom(1);
    int told = 0;
    for (int seed = 0; seed < 3000; seed++) {
      byte[] bytes = new TraceMutator(seed).mutated(text, 30, 2 + seed % 60);
      int length = random.nextInt(3) == 0 ? bytes.length : random.nextInt(bytes.length);
      boolean whole = random.nextBoolean();
      if (UntouchedText.is(bytes, length, whole)) {
        told++;
        assertThat(PasteSigns.lookedFor(bytes, length, whole).any())
            .as(new String(bytes, 0, length, StandardCharsets.UTF_8))
            .isFalse();
      }
    }
    assertThat(told).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "> # tracer: nop\n",
        "# tracer: nop\n",
        "# tracer: function_graph\n# sh-1 [001] 1.123456: f_in: (f+0x0/0x10)\n",
        "# tracer: function_graph\n   1.000001 |   0)   a-1   |               |  f() {\r\n",
        "# tracer: function_graph\n   1.000001 |   0)   a-1   |               |  f() &#123;\n",
        "# tracer: function_graph\n   1.000001 |   0)   a-1   |               |\nf() {\n",
        "# tracer: nop\n a-1 [001] ..... 1.123456:\n f_in: (f+0x0/0x10)\n",
        "# tracer: nop\n a-1 [001] ..... 1.123456: f_in: (f+0x0/\n0x10)\n",
        "# tracer: nop\n <code>a-1 [001] ..... 1.123456: f_in: (f+0x0/0x10)\n",
        "# tracer: nop\n a-1 [001] ..... 1.123456: f_in: (f+0x0/0x10)\nroot@box:~# exit\n",
        "\n",
        "a 1 [001] 1.123456: probe:f: (f+0x0/0x10)\n# tracer: nop\n",
        "12:a 1 [001] 1.123456: probe:f: (f+0x0/0x10)\n",
        "12 a 1 [001] 1.123456: probe:f: (f+0x0/0x10)\n",
        "a 1/ [001] 1.123456: probe:f: (f+0x0/0x10)\n",
        "a 1 [001] 1.123456: probe:f: (f+0x0/\n0x10)\n",
        "> a 1 [001] 1.123456: probe:f: (f+0x0/0x10)\n"
      })
  void nothingElseIs(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(UntouchedText.is(bytes, bytes.length, true)).isFalse();
  }

  @Test
  void aLineThatIsNotSeenToItsEndIsLookedAtAsFarAsItIs() {
    byte[] bytes = (EVENTS + "  ret=1").getBytes(StandardCharsets.UTF_8);

    assertThat(UntouchedText.is(bytes, bytes.length, false)).isFalse();
    assertThat(UntouchedText.is(bytes, bytes.length - 6, false)).isTrue();

    bytes = (EVENTS + " <br").getBytes(StandardCharsets.UTF_8);
    assertThat(UntouchedText.is(bytes, bytes.length, false)).isFalse();
  }
}
