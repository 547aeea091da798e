package dev.kretsim.memory.explore;

import dev.kretsim.memory.interleave.Access;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Invariants
 *   I1  Two schedules that differ only in the order of neighbouring steps that do not conflict end
 *       alike: one of them is enough.
 *   I2  When a CPU's next step conflicts with an earlier one that does not come before it anyway,
 *       the two may swap: where the earlier step was taken, somebody is to be tried who can open
 *       the schedule that has them swapped, or everybody if the next step is a wait. So what can
 *       end differently is tried.
 *   I3  A CPU that was tried at a place sleeps in the places after it until a step conflicts with
 *       its own: until then, waking it would repeat what was seen.
 */
/**
 * Every schedule that can end differently, and few others.
 *
 * <p><b>Source.</b> Flanagan and Godefroid, Dynamic partial-order reduction for model checking
 * software, POPL 2005; with the source sets of Abdulla and others, Optimal dynamic partial order
 * reduction, POPL 2014, without which sleep sets would leave something out.
 */
final class ReducedSearch implements Search {
  /** A place in the tree of schedules; CPUs are bits. */
  private static final class Node {
    private final int able;
    private final int asleep;
    private int tried;
    private int wanted;
    private int chosen = NOBODY;

    // What the chosen step was, and the last step of each CPU that comes before it.
    private @Nullable Access access;
    private int[] before = {};

    Node(int able, int asleep) {
      this.able = able;
      this.asleep = asleep;
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private boolean begun;
  private int depth;
  private int[][] clocks = {};

  @Override
  public boolean more() {
    boolean first = !begun;
    begun = true;
    depth = 0;
    clocks = new int[0][];
    return first || branch();
  }

  /** Turns to what is still wanted, deepest first. */
  private boolean branch() {
    while (!nodes.isEmpty()) {
      Node node = nodes.get(nodes.size() - 1);
      int left = node.wanted & ~node.tried & ~node.asleep;
      if (left != 0) {
        take(node, Integer.numberOfTrailingZeros(left));
        return true;
      }
      nodes.remove(nodes.size() - 1);
    }
    return false;
  }

  private static void take(Node node, int cpu) {
    node.chosen = cpu;
    node.tried |= 1 << cpu;
    node.wanted |= 1 << cpu;
  }

  @Override
  public int choose(Execution execution, int able) {
    if (depth == 0) {
      clocks = new int[execution.cpus()][execution.cpus()];
    }
    if (depth == nodes.size()) {
      wantSwaps(execution);
      Node node = new Node(able, asleep(execution));
      nodes.add(node);
      int awake = able & ~node.asleep;
      if (awake == 0) {
        return NOBODY;
      }
      take(node, preferred(awake));
    }
    Node node = nodes.get(depth);
    perform(execution, node);
    depth++;
    return node.chosen;
  }

  @Override
  public void ended(Execution execution) {
    if (depth == nodes.size() && depth > 0) {
      wantSwaps(execution); // those who wait at the end might have been able before
    }
  }

  /** Whoever moved last goes on if it can: schedules are easier to read so. */
  private int preferred(int awake) {
    int last = depth == 0 ? 0 : nodes.get(depth - 1).chosen;
    return (awake & 1 << last) != 0 ? last : Integer.numberOfTrailingZeros(awake);
  }

  /** I2, for each CPU's next step. */
  private void wantSwaps(Execution execution) {
    for (int cpu = 0; cpu < execution.cpus(); cpu++) {
      Access next = execution.next(cpu);
      if (next != null) {
        int[] before = clocks[cpu].clone();
        for (int step = depth - 1; step >= 0; step--) {
          Node node = nodes.get(step);
          if (conflict(node, next)) {
            if (before[node.chosen] <= step) {
              want(step, cpu, next, execution.able(cpu));
            }
            join(before, node.before);
          }
        }
      }
    }
  }

  /** Has a CPU's next step tried before an earlier one. */
  private void want(int step, int cpu, Access next, boolean able) {
    Node node = nodes.get(step);
    if (!able) {
      node.wanted |= node.able;
      return;
    }
    // What came since and is not a consequence of the earlier step comes before it as well. It may
    // begin with any CPU that waits for no other among these: one such is enough.
    List<Node> since = new ArrayList<>();
    for (Node later : nodes.subList(step + 1, depth)) {
      if (later.before[node.chosen] <= step) {
        since.add(later);
      }
    }
    int openers = 0;
    int seen = 0;
    for (Node later : since) {
      if ((seen & 1 << later.chosen) == 0 && since.stream().noneMatch(o -> comesBefore(o, later))) {
        openers |= 1 << later.chosen;
      }
      seen |= 1 << later.chosen;
    }
    if ((seen & 1 << cpu) == 0 && since.stream().noneMatch(other -> conflict(other, next))) {
      openers |= 1 << cpu;
    }
    if ((openers & ~node.able) != 0) {
      node.wanted |= node.able; // the earlier step ended a wait
    } else if ((node.wanted & openers) == 0) {
      node.wanted |= Integer.lowestOneBit(openers);
    }
  }

  private static boolean comesBefore(Node one, Node other) {
    return one != other && one.before[one.chosen] <= other.before[one.chosen];
  }

  /** I3: who slept or was tried at the place before, and does not conflict with the step since. */
  private int asleep(Execution execution) {
    if (depth == 0) {
      return 0;
    }
    Node parent = nodes.get(depth - 1);
    int sleepers = (parent.asleep | parent.tried) & ~(1 << parent.chosen);
    int asleep = 0;
    for (int cpu = 0; cpu < execution.cpus(); cpu++) {
      Access next = execution.next(cpu);
      if ((sleepers & 1 << cpu) != 0 && next != null && !conflict(parent, next)) {
        asleep |= 1 << cpu;
      }
    }
    return asleep;
  }

  private void perform(Execution execution, Node node) {
    int cpu = node.chosen;
    Access access = execution.next(cpu);
    node.access = access;
    int[] clock = clocks[cpu];
    for (int step = 0; step < depth; step++) {
      Node earlier = nodes.get(step);
      if (access != null && conflict(earlier, access)) {
        join(clock, earlier.before);
      }
    }
    clock[cpu] = depth + 1;
    node.before = clock.clone();
  }

  private static void join(int[] clock, int[] other) {
    for (int cpu = 0; cpu < clock.length; cpu++) {
      clock[cpu] = Math.max(clock[cpu], other[cpu]);
    }
  }

  private static boolean conflict(Node node, Access next) {
    return node.access != null && node.access.conflictsWith(next);
  }
}
