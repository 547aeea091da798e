package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.Movements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At one stamp entries of different tasks may have come before the returns of others. */
class TiesTest {
  /** An entry or return of a task's call at a stamp; each task's are in order. */
  private record Step(int stamp, int task, int call, boolean entry) {}

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** Hands the steps on as a reader does: returns of earlier calls first, then entries. */
  private static FunctionLoad load(List<Step> steps) {
    Movements all = new Movements();
    int last = steps.stream().mapToInt(Step::stamp).max().orElse(0);
    for (int stamp = 0; stamp <= last; stamp++) {
      for (int first = 0; first < 2; first++) {
        for (Step step : steps) {
          boolean own = isEnteredAt(steps, step, step.stamp());
          if (step.stamp() == stamp && (first == 0 ? !step.entry() && !own : step.entry())) {
            move(all, step);
            if (step.entry() && has(steps, new Step(stamp, step.task(), step.call(), false))) {
              move(all, new Step(stamp, step.task(), step.call(), false));
            }
          }
        }
      }
    }
    LoadBook book = new LoadBook();
    book.take(all);
    return Objects.requireNonNull(book.of(0));
  }

  private static boolean has(List<Step> steps, Step step) {
    return steps.contains(step);
  }

  private static boolean isEnteredAt(List<Step> steps, Step step, int stamp) {
    return has(steps, new Step(stamp, step.task(), step.call(), true));
  }

  private static void move(Movements all, Step step) {
    if (step.entry()) {
      all.enter(step.stamp(), step.call(), 0, step.task(), 1, 0, false, false);
    } else {
      all.leave(step.stamp(), step.call(), 0, Movements.UNKNOWN, false, false, false);
    }
  }

  private static long[] least(FunctionLoad load) {
    return load.longest().missedBySize();
  }

  private static long[] most(FunctionLoad load) {
    long[] missed = least(load);
    long[] more = load.missedMoreInTies();
    return IntStream.range(0, missed.length).mapToLong(c -> missed[c] + more[c]).toArray();
  }

  /** What a pool misses if the steps come in this order. */
  private static long played(List<Step> order, int instances) {
    Map<Integer, Boolean> inside = new HashMap<>();
    int free = instances;
    long missed = 0;
    for (Step step : order) {
      if (step.entry()) {
        boolean taken = free > 0;
        free -= taken ? 1 : 0;
        missed += taken ? 0 : 1;
        inside.put(step.call(), taken);
      } else {
        free += Boolean.TRUE.equals(inside.remove(step.call())) ? 1 : 0;
      }
    }
    return missed;
  }

  private static long[] played(List<Step> order, FunctionLoad load) {
    return IntStream.rangeClosed(0, load.longest().peak())
        .mapToLong(size -> played(order, size))
        .toArray();
  }

  /** All orders in which the steps can have come: by stamp, and each task's as they are. */
  private static List<List<Step>> orders(List<Step> steps) {
    List<List<Step>> found = new ArrayList<>();
    extend(new ArrayList<>(), new ArrayList<>(steps), found);
    return found;
  }

  private static void extend(List<Step> so, List<Step> rest, List<List<Step>> found) {
    if (rest.isEmpty()) {
      found.add(List.copyOf(so));
      return;
    }
    int stamp = rest.stream().mapToInt(Step::stamp).min().orElseThrow();
    for (int i = 0; i < rest.size(); i++) {
      Step next = rest.get(i);
      boolean first = rest.subList(0, i).stream().noneMatch(s -> s.task() == next.task());
      if (next.stamp() == stamp && first) {
        so.add(next);
        rest.remove(i);
        extend(so, rest, found);
        rest.add(i, next);
        so.remove(so.size() - 1);
      }
    }
  }

  /** Three tasks that call again and again, with so few stamps that many are equal. */
  private static List<Step> steps(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Step> steps = new ArrayList<>();
    for (int task = 0; task < 3; task++) {
      int stamp = random.nextInt(3);
      for (int i = random.nextInt(1, 3); i > 0; i--) {
        int call = 10 * task + i;
        steps.add(new Step(stamp, task, call, true));
        stamp += random.nextInt(3);
        steps.add(new Step(stamp, task, call, false));
        stamp += random.nextInt(2);
      }
    }
    return steps;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theMostIsWhatSomeOrderMisses(int seed) {
    List<Step> steps = steps(seed);
    FunctionLoad load = load(steps);
    assertThat(orders(steps).stream().map(order -> played(order, load)).toList())
        .as("%s", steps)
        .contains(least(load), most(load));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whereTheTraceMissesNoneTheMostTellsWhetherAnyOrderDoes(int seed) {
    List<Step> steps = steps(seed);
    FunctionLoad load = load(steps);
    int peak = load.longest().peak();
    boolean any = orders(steps).stream().anyMatch(order -> played(order, peak) > 0);
    assertThat(most(load)[peak] > 0).as("%s", steps).isEqualTo(any);
  }

  @Test
  void oneTaskIsAlwaysInOrder() {
    List<Step> steps = new ArrayList<>();
    for (int call = 0; call < 5; call++) {
      steps.add(new Step(1, 0, call, true));
      steps.add(new Step(1, 0, call, false));
    }
    assertThat(most(load(steps))).isEqualTo(least(load(steps)));
  }

  @Test
  void twoTasksAtOneStampMayOverlap() {
    List<Step> steps =
        List.of(
            new Step(1, 0, 0, true),
            new Step(5, 0, 0, false),
            new Step(5, 1, 1, true),
            new Step(9, 1, 1, false));
    assertThat(least(load(steps))).containsExactly(2, 0);
    assertThat(most(load(steps))).containsExactly(2, 1);
  }
}
