package dev.kretsim.trace.graph;

import dev.kretsim.trace.Call;
import java.util.Arrays;

/**
 * Which CPUs are in an interrupt, as the arrows of function_graph show it. The arrow at the end may
 * be lost; an interrupt is over all the same when its CPU turns to another task, when events were
 * lost, or when a call shows that is less deep than the interrupt's.
 */
final class InterruptFrames {
  private static final int LEVELS = 4;
  private static final int HARD_LEVEL = 2;
  private static final int NO_CALL_YET = Integer.MAX_VALUE;

  private int[] open = new int[8];
  private int[] indent = new int[8];

  void begin(int cpu) {
    room(cpu);
    if (open[cpu] == 0) {
      indent[cpu] = NO_CALL_YET;
    }
    open[cpu]++;
  }

  void end(int cpu) {
    room(cpu);
    open[cpu] = Math.max(0, open[cpu] - 1);
  }

  /** No interrupt goes on there. */
  void over(int cpu) {
    if (cpu >= 0 && cpu < open.length) {
      open[cpu] = 0;
    }
  }

  /** No interrupt goes on anywhere. */
  void allOver() {
    Arrays.fill(open, 0);
  }

  /** The context of a call at some depth on a CPU, as {@link Call#interruptContext} tells it. */
  int context(int cpu, int depth) {
    if (cpu >= open.length || open[cpu] == 0) {
      return Call.TASK_CONTEXT;
    }
    if (indent[cpu] == NO_CALL_YET) {
      indent[cpu] = depth;
    } else if (depth < indent[cpu]) {
      open[cpu] = 0;
      return Call.TASK_CONTEXT;
    }
    return cpu * LEVELS + HARD_LEVEL;
  }

  private void room(int cpu) {
    if (cpu >= open.length) {
      open = Arrays.copyOf(open, 2 * cpu);
      indent = Arrays.copyOf(indent, 2 * cpu);
    }
  }
}
