package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random call trees, written as the kernel would and read back: the plan counts what a plain count
 * over the tree counts, also where the trace begins or ends in the middle or lacks returns.
 */
class TraceTextTest {
  /** One entry or return; no two are at the same time. */
  private record Step(int micros, boolean entry, int task, String function, int depth, int call) {}

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aWholeTraceIsCountedExactly(int seed) {
    List<Step> steps = steps(seed, true);
    for (String text : new String[] {asEvents(steps), asGraph(steps)}) {
      for (FunctionPlan plan : Recordings.planText(text).functions()) {
        assertThat(plan.unfinished() + plan.lostExits() + plan.unpairedExits()).isZero();
        assertSameMisses(plan, steps);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aTraceFromTheMiddleKnowsWhoWasInside(int seed) {
    List<Step> whole = steps(seed, false);
    List<Step> steps = whole.subList(whole.size() / 3, whole.size() * 2 / 3);
    for (String text : new String[] {asEvents(steps), asGraph(steps)}) {
      for (FunctionPlan plan : Recordings.planText(text).functions()) {
        List<Step> own = of(plan, steps);
        long begunBefore = own.stream().filter(s -> !s.entry() && !hasEntry(own, s)).count();
        long open = own.stream().filter(s -> s.entry() && !hasReturn(own, s)).count();
        assertThat(plan.lostExits()).isZero();
        assertThat(plan.unpairedExits()).isEqualTo(begunBefore);
        assertThat(plan.unfinished()).isEqualTo(begunBefore + open);
        assertSameMisses(plan, steps);
        assertThat(plan.recommendation().safeBound()).isGreaterThanOrEqualTo(plan.peakInside());
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCallWithoutReturnIsInsideAsLongAsItCanBe(int seed) {
    SplittableRandom random = new SplittableRandom(seed + 1000);
    List<Step> steps = new ArrayList<>(steps(seed, false));
    steps.removeIf(step -> !step.entry() && random.nextInt(5) == 0);
    List<Step> longest = new ArrayList<>();
    List<Step> shortest = new ArrayList<>();
    complete(steps, longest, shortest);
    for (String text : new String[] {asEvents(steps), asGraph(steps)}) {
      for (FunctionPlan plan : Recordings.planText(text).functions()) {
        List<Step> own = of(plan, steps);
        long open = own.stream().filter(s -> s.entry() && !hasReturn(longest, s)).count();
        long missing = own.stream().filter(s -> s.entry() && !hasReturn(own, s)).count();
        assertThat(plan.unfinished()).isEqualTo(open);
        assertThat(plan.lostExits()).isEqualTo(missing - open);
        assertSameMisses(plan, longest);
        for (FunctionPlan.Point point : plan.curve()) {
          double least = (double) missed(of(plan, shortest), point.maxactive()) / plan.calls();
          assertThat(least).isBetween(point.low(), point.high());
          assertThat(point.missRatio()).isBetween(point.low(), point.high());
        }
      }
    }
  }

  /** Adds the returns that are missing but must have been, as late and as early as can be. */
  private static void complete(List<Step> steps, List<Step> longest, List<Step> shortest) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      List<Step> over =
          longest.stream()
              .filter(s -> s.entry() && s.task() == step.task() && !hasReturn(longest, s))
              .filter(s -> !hasReturn(steps, s) && endsWith(s, step))
              .toList();
      over.forEach(s -> longest.add(returnOf(s, step.micros())));
      longest.add(step);
    }
    for (Step step : steps) {
      shortest.add(step);
      if (step.entry() && hasReturn(longest, step) && !hasReturn(steps, step)) {
        shortest.add(returnOf(step, step.micros()));
      }
    }
  }

  private static boolean endsWith(Step open, Step later) {
    return later.depth() < open.depth() || (later.depth() == open.depth() && later.entry());
  }

  private static Step returnOf(Step entry, int micros) {
    return new Step(micros, false, entry.task(), entry.function(), entry.depth(), entry.call());
  }

  private static void assertSameMisses(FunctionPlan plan, List<Step> steps) {
    for (FunctionPlan.Point point : plan.curve()) {
      assertThat(point.missed())
          .as("%s with %d", plan.function(), point.maxactive())
          .isEqualTo(missed(of(plan, steps), point.maxactive()));
    }
  }

  private static List<Step> of(FunctionPlan plan, List<Step> steps) {
    return steps.stream().filter(step -> step.function().equals(plan.function())).toList();
  }

  private static boolean hasEntry(List<Step> steps, Step exit) {
    return steps.stream().anyMatch(step -> step.entry() && step.call() == exit.call());
  }

  private static boolean hasReturn(List<Step> steps, Step entry) {
    return steps.stream().anyMatch(step -> !step.entry() && step.call() == entry.call());
  }

  /** A count of who holds an instance; whoever was inside before came first. */
  private static long missed(List<Step> steps, int instances) {
    List<Integer> inside = new ArrayList<>();
    steps.stream()
        .filter(step -> !step.entry() && !hasEntry(steps, step))
        .forEach(step -> inside.add(step.call()));
    List<Integer> holding = new ArrayList<>(inside.subList(0, Math.min(instances, inside.size())));
    long missed = 0;
    for (Step step : steps) {
      if (!step.entry()) {
        holding.remove(Integer.valueOf(step.call()));
      } else if (holding.size() < instances) {
        holding.add(step.call());
      } else {
        missed++;
      }
    }
    return missed;
  }

  /** Tasks that call outer, which calls inner; with recursion, inner calls itself. */
  private static List<Step> steps(int seed, boolean recursion) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Step> steps = new ArrayList<>();
    int tasks = random.nextInt(2, 9);
    int[] calls = {0};
    for (int task = 1; task <= tasks; task++) {
      int now = task + 10 * random.nextInt(100);
      for (int i = random.nextInt(4, 12); i > 0; i--) {
        now = call(steps, calls, random, now, tasks, task, "outer", 0, recursion) + gap(random);
      }
    }
    steps.sort(Comparator.comparingInt(Step::micros));
    return steps;
  }

  private static int call(
      List<Step> steps,
      int[] calls,
      SplittableRandom random,
      int from,
      int tasks,
      int task,
      String function,
      int depth,
      boolean recursion) {
    int call = calls[0]++;
    steps.add(new Step(from, true, task, function, depth, call));
    int now = from + gap(random);
    boolean nests = function.equals("outer") || (recursion && depth < 4);
    for (int i = nests ? random.nextInt(3) : 0; i > 0; i--) {
      now =
          call(steps, calls, random, now, tasks, task, "inner", depth + 1, recursion) + gap(random);
    }
    steps.add(new Step(now, false, task, function, depth, call));
    return now;
  }

  /** Keeps each task on its own residue, so that no two steps are at one time. */
  private static int gap(SplittableRandom random) {
    return 10 * random.nextInt(1, 30);
  }

  private static String asEvents(List<Step> steps) {
    StringBuilder text = new StringBuilder("# tracer: nop\n");
    for (Step step : steps) {
      String where = step.entry() ? "(%s+0x4/0x10)" : "(caller+0x1/0x2 <- %s)";
      text.append(
          String.format(
              Locale.ROOT,
              "  wl-%d [000] ..... 1.%06d: %s: " + where + "%n",
              step.task(),
              step.micros(),
              step.function() + (step.entry() ? "_in" : "_out"),
              step.function()));
    }
    return text.toString();
  }

  private static String asGraph(List<Step> steps) {
    StringBuilder text = new StringBuilder("# tracer: function_graph\n");
    for (Step step : steps) {
      text.append(
          String.format(
              Locale.ROOT,
              "  1.%06d |   0)   wl-%d  | %13s |  %s%s%n",
              step.micros(),
              step.task(),
              "",
              "  ".repeat(step.depth()),
              step.entry() ? step.function() + "() {" : "} /* " + step.function() + " */"));
    }
    return text.toString();
  }
}
