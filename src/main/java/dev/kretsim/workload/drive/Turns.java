package dev.kretsim.workload.drive;

import java.util.Arrays;

/**
 * When each CPU has something to do next, and which is the first: the lowest where several are.
 *
 * <p>A tree whose every node knows the earlier of the two below it, so that a change costs no more
 * than the logarithm of the number of CPUs.
 */
final class Turns {
  private final long[] times;

  /** The CPU that comes first below each node; node 1 is the root, node n's are 2n and 2n + 1. */
  private final int[] first;

  private final int leaves;

  /** All at time 0. */
  Turns(int cpus) {
    leaves = Math.max(1, Integer.highestOneBit(2 * cpus - 1));
    times = new long[leaves];
    Arrays.fill(times, cpus, leaves, CpuLoop.NEVER);
    first = new int[2 * leaves];
    for (int leaf = 0; leaf < leaves; leaf++) {
      first[leaves + leaf] = leaf;
    }
    for (int node = leaves - 1; node > 0; node--) {
      first[node] = earlier(node);
    }
  }

  /** The CPU whose turn comes first. */
  int next() {
    return first[1];
  }

  long of(int cpu) {
    return times[cpu];
  }

  void set(int cpu, long time) {
    times[cpu] = time;
    for (int node = (leaves + cpu) / 2; node > 0; node /= 2) {
      first[node] = earlier(node);
    }
  }

  private int earlier(int node) {
    int left = first[2 * node];
    int right = first[2 * node + 1];
    return times[right] < times[left] ? right : left;
  }
}
