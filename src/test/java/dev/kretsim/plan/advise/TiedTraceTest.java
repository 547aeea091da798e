package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random call trees with recursion, whose stamps are so coarse that many are equal and of whose
 * returns some are lost: the plan counts what a pool of instances counts that is played call by
 * call over the tree itself. The seed is the test's number.
 */
class TiedTraceTest {
  private static final int NEVER = Integer.MAX_VALUE;

  /** A call of the tree; where its return is lost, it lasts as long as its task allows. */
  private static final class Node {
    final @Nullable Node caller;
    final int task;
    final int depth;
    final String function;
    final int entry;
    int exit;
    boolean lost;
    int latestEnd = NEVER;

    /** When the latest call of the same function inside this one was entered. */
    int latestInside = -1;

    Node(@Nullable Node caller, int task, int depth, String function, int entry) {
      this.caller = caller;
      this.task = task;
      this.depth = depth;
      this.function = function;
      this.entry = entry;
      for (Node outer = caller; outer != null; outer = outer.caller) {
        outer.latestInside = outer.function.equals(function) ? entry : outer.latestInside;
      }
    }

    int end() {
      return lost ? latestEnd : exit;
    }

    boolean outlastsAt(int micros) {
      return end() == micros && latestInside == micros;
    }
  }

  private record Line(int micros, boolean entry, Node call) {}

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isCountedAsPlayed(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Line> lines = lines(random);
    if (seed % 2 == 0) {
      check(asEvents(lines), lines);
      check(asGraph(lines), lines);
    } else {
      // Events do not show how deep a call is, so which of several is over would be a guess.
      List<Line> left = new ArrayList<>(lines);
      left.removeIf(line -> !line.entry() && lost(line.call(), random));
      findEnds(left);
      check(asGraph(left), left);
    }
  }

  private static boolean lost(Node call, SplittableRandom random) {
    call.lost = random.nextInt(6) == 0;
    return call.lost;
  }

  /** What a task does at the depth of a call or above tells that the call is over. */
  private static void findEnds(List<Line> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Line open = lines.get(i);
      for (int j = i + 1; open.entry() && open.call().lost && j < lines.size(); j++) {
        Line later = lines.get(j);
        int depth = later.call().depth;
        boolean over = depth < open.call().depth || (depth == open.call().depth && later.entry());
        if (later.call().task == open.call().task && over) {
          open.call().latestEnd = later.micros();
          break;
        }
      }
    }
  }

  private static void check(String text, List<Line> lines) {
    List<FunctionPlan> plans = Recordings.planText(text).functions();
    assertThat(plans).isNotEmpty();
    for (FunctionPlan plan : plans) {
      List<Node> calls =
          lines.stream()
              .filter(line -> line.entry() && line.call().function.equals(plan.function()))
              .map(Line::call)
              .toList();
      assertThat(plan.calls()).isEqualTo(calls.size());
      assertThat(plan.unpairedExits()).isZero();
      assertThat(plan.unfinished()).isEqualTo(calls.stream().filter(c -> c.end() == NEVER).count());
      assertThat(plan.lostExits())
          .isEqualTo(calls.stream().filter(c -> c.lost && c.end() != NEVER).count());
      for (FunctionPlan.Point point : plan.curve()) {
        assertThat(point.missed())
            .as("%s with %d%n%s", plan.function(), point.maxactive(), text)
            .isEqualTo(played(calls, point.maxactive()));
      }
      assertThat(played(calls, plan.curve().size())).isZero();
    }
  }

  /**
   * Whoever is over by a time has given back before anybody takes at it, except that a call
   * outlasts one of its own function that lies inside it.
   */
  private static long played(List<Node> calls, int instances) {
    List<Node> holding = new ArrayList<>();
    long missed = 0;
    for (Node call : calls) {
      holding.removeIf(other -> other.end() <= call.entry && !other.outlastsAt(call.entry));
      if (holding.size() < instances) {
        holding.add(call);
      } else {
        missed++;
      }
    }
    return missed;
  }

  /** The lines of all tasks by time; at one time those of tasks in any order, each in its own. */
  private static List<Line> lines(SplittableRandom random) {
    TreeMap<Long, Line> byTime = new TreeMap<>();
    int tasks = random.nextInt(2, 7);
    for (int task = 1; task <= tasks; task++) {
      List<Line> own = new ArrayList<>();
      int now = random.nextInt(5);
      for (int i = random.nextInt(3, 10); i > 0; i--) {
        now = call(own, random, null, now, task, "outer", 0) + random.nextInt(4);
      }
      for (int i = 0; i < own.size(); i++) {
        byTime.put(
            ((long) own.get(i).micros() << 32) | ((long) rank(own, i, task) << 16) | i, own.get(i));
      }
    }
    return List.copyOf(byTime.values());
  }

  /** Tasks come in another order at each time. */
  private static int rank(List<Line> own, int i, int task) {
    return (own.get(i).micros() * 7 + task * 5) % 11 * 8 + task;
  }

  private static int call(
      List<Line> own,
      SplittableRandom random,
      @Nullable Node caller,
      int from,
      int task,
      String function,
      int depth) {
    Node node = new Node(caller, task, depth, function, from);
    own.add(new Line(from, true, node));
    int now = from + random.nextInt(3);
    for (int i = depth < 4 ? random.nextInt(3) : 0; i > 0; i--) {
      now =
          call(own, random, node, now, task, random.nextInt(3) == 0 ? "outer" : "inner", depth + 1)
              + random.nextInt(2);
    }
    node.exit = now;
    own.add(new Line(now, false, node));
    return now;
  }

  private static String asEvents(List<Line> lines) {
    StringBuilder text = new StringBuilder("# tracer: nop\n");
    for (Line line : lines) {
      String function = line.call().function;
      text.append(
          String.format(
              Locale.ROOT,
              "  wl-%d [%03d] ..... 1.%06d: %s: %s%n",
              line.call().task,
              line.call().task % 4,
              line.micros(),
              function + (line.entry() ? "_in" : "_out"),
              line.entry()
                  ? "(" + function + "+0x4/0x10)"
                  : "(caller+0x1/0x2 <- " + function + ")"));
    }
    return text.toString();
  }

  private static String asGraph(List<Line> lines) {
    StringBuilder text = new StringBuilder("# tracer: function_graph\n");
    for (Line line : lines) {
      String function = line.call().function;
      text.append(
          String.format(
              Locale.ROOT,
              "  1.%06d |   %d)   wl-%d  | %13s |  %s%s%n",
              line.micros(),
              line.call().task % 4,
              line.call().task,
              "",
              "  ".repeat(line.call().depth),
              line.entry() ? function + "() {" : "} /* " + function + " */"));
    }
    return text.toString();
  }
}
