package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every layout of columns that is read at sight tells the same, whole and damaged, as if each line
 * were read column by column; and it is read at sight.
 */
class LayoutsTest {
  private static final int LINES = 400;

  /** What a line is of. */
  private record Step(String kind, long ns, int task, int function, int depth, long holdNs) {
    boolean isReturn() {
      return kind.equals("return");
    }

    boolean isLeaf() {
      return kind.equals("leaf");
    }

    String stamp(int decimals) {
      String fraction = "%09d".formatted(ns % 1_000_000_000).substring(0, decimals);
      return 100 + ns / 1_000_000_000 + "." + fraction;
    }

    int cpu() {
      return task % 3;
    }
  }

  /** How a line shows it. */
  private interface Writer {
    String line(Step step);
  }

  private enum Layout {
    GRAPH(step -> graph(step, "%10s |  %2d)   wk-%-5d |", "", duration(step, false), false)),
    GRAPH_RIGHT_ALIGNED(
        step -> graph(step, "%10s |  %2d)   wk-%-5d |", "", duration(step, true), false)),
    GRAPH_WITH_FLAGS(
        step -> graph(step, "%10s |  %2d)   wk-%-5d |", "  d..1. |", duration(step, false), false)),
    GRAPH_WITH_VALUES(
        step -> graph(step, "%10s |  %2d)   wk-%-5d |", "", duration(step, false), true)),
    GRAPH_WIDE_CPUS(
        step -> graph(step, "%10s | %3d) kworker/u8:0-%-5d |", "", duration(step, false), false)),
    EVENTS(step -> event(step, "  %8s-%-6d [%03d] ....1  %s: ", 6, "")),
    EVENTS_OF_NANOSECONDS(step -> event(step, "  %8s-%-6d [%03d] ....1  %s: ", 9, "")),
    EVENTS_WITHOUT_FLAGS(step -> event(step, "  %8s-%-6d [%03d]  %s: ", 6, "")),
    EVENTS_WITH_GROUPS(step -> event(step, "  %8s-%-6d (   77) [%03d] d..2.  %s: ", 6, "")),
    EVENTS_WITH_ADDRESSES(
        step -> event(step, "  %8s-%-6d [%03d] .....  %s: ", 6, " [mod] <ffffffff81200000>")),
    PERF(step -> perf(step, "%10s %6d [%03d] %s: ", 6)),
    PERF_OF_NANOSECONDS(step -> perf(step, "%10s %6d [%03d] %s: ", 9)),
    PERF_WITH_PERIODS(step -> perf(step, "%10s 1/%-6d [%03d] %s:     1 ", 6));

    private final Writer writer;

    Layout(Writer writer) {
      this.writer = writer;
    }

    String text(long seed) {
      StringBuilder text = new StringBuilder(name().startsWith("PERF") ? "" : "# tracer: nop\n");
      if (name().startsWith("GRAPH")) {
        text = new StringBuilder("# tracer: function_graph\n");
      }
      SplittableRandom random = new SplittableRandom(seed);
      Deque<Step>[] open = stacks(6);
      long ns = 0;
      for (int i = 0; i < LINES; i++) {
        ns += 1000L * random.nextInt(3) + random.nextInt(1000);
        int task = random.nextInt(open.length);
        text.append(writer.line(step(random, ns, task, open[task])));
      }
      return text.toString();
    }
  }

  @SuppressWarnings("unchecked")
  private static Deque<Step>[] stacks(int tasks) {
    Deque<Step>[] stacks = new Deque[tasks];
    for (int i = 0; i < tasks; i++) {
      stacks[i] = new ArrayDeque<>();
    }
    return stacks;
  }

  private static Step step(SplittableRandom random, long ns, int task, Deque<Step> open) {
    Step top = open.peek();
    int what = random.nextInt(4);
    if (top != null && (what == 0 || open.size() == 4)) {
      open.pop();
      return new Step("return", ns, task, top.function(), top.depth(), ns - top.ns());
    }
    String kind = what == 1 ? "leaf" : "entry";
    Step step = new Step(kind, ns, task, random.nextInt(5), open.size(), random.nextInt(20_000));
    if (kind.equals("entry")) {
      open.push(step);
    }
    return step;
  }

  private static String duration(Step step, boolean right) {
    if (!step.isReturn() && !step.isLeaf()) {
      return " ".repeat(15);
    }
    String number =
        String.format(Locale.ROOT, "%d.%03d", step.holdNs() / 1000, step.holdNs() % 1000);
    String mark = step.holdNs() > 100_000 ? "!" : step.holdNs() > 10_000 ? "+" : " ";
    return right
        ? "%12s us".formatted(mark + number)
        : "%-15s".formatted(" " + mark + " " + number + " us");
  }

  private static String graph(
      Step step, String head, String flags, String duration, boolean values) {
    String name = "f" + step.function();
    String call =
        step.isReturn()
            ? (values ? "} /* " + name + " ret=0x3 */" : "}")
            : name + (values ? "(a=1, b=\"x\")" : "()") + (step.isLeaf() ? ";" : " {");
    return head.formatted(step.stamp(6), step.cpu(), step.task() + 101)
        + flags
        + duration
        + "|  "
        + "  ".repeat(step.depth())
        + call
        + "\n";
  }

  private static String event(Step step, String head, int decimals, String behind) {
    String name = "f" + step.function();
    String where =
        step.isReturn()
            ? name + "_out: (caller+0x1/0x2" + behind + " <- " + name + behind + ") arg1=0x3"
            : name + "_in: (" + name + "+0x0/0x90" + behind + ") path=\"/x y\"";
    return head.formatted("wk", step.task() + 101, step.cpu(), step.stamp(decimals)) + where + "\n";
  }

  private static String perf(Step step, String head, int decimals) {
    String address = "ffffffff8120000" + step.function() + "0";
    String name = "probe:f" + step.function();
    String where =
        step.isReturn()
            ? name + "__return: (" + address + " <- ffffffff81300000)"
            : name + ": (" + address + ")";
    return head.formatted("wk", step.task() + 101, step.cpu(), step.stamp(decimals)) + where + "\n";
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void tellsTheSameAsColumnByColumn(Layout layout) {
    for (long seed = 0; seed < 6; seed++) {
      String text = layout.text(seed);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      String told = SkimTest.told(bytes, Integer.MAX_VALUE, SkimTest.ByColumns::new);
      assertThat(SkimTest.told(bytes, 64, parser -> parser)).as("seed %d", seed).isEqualTo(told);
      assertThat(told).contains("+0.", "-0.");
      SkimTest.check(text, 60, seed, parser -> parser);
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void isReadAtSight(Layout layout) {
    byte[] bytes = layout.text(7).getBytes(StandardCharsets.UTF_8);
    SkimTest.Counting[] counting = new SkimTest.Counting[1];
    SkimTest.told(
        bytes,
        512,
        parser -> {
          counting[0] = new SkimTest.Counting(parser);
          return counting[0];
        });
    assertThat(counting[0].parsed).isLessThan(LINES / 2);
  }
}
