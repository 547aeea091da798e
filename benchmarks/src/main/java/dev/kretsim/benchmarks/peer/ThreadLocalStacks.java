package dev.kretsim.benchmarks.peer;

import dev.kretsim.pool.InstancePool;

/**
 * The floor: a stack for each CPU that nobody else can reach. Not a pool, as it may miss while
 * others have instances to spare; only what popping and pushing cost when nothing is shared.
 */
final class ThreadLocalStacks implements InstancePool {
  /** Two cache lines between one CPU's words and the next one's. */
  private static final int PADDING = 32;

  private final int capacity;
  private final int share;
  private final int[][] stacks;

  ThreadLocalStacks(int capacity, int cpus) {
    this.capacity = capacity;
    this.share = Math.max(1, capacity / cpus);
    this.stacks = new int[cpus][];
    for (int cpu = 0; cpu < cpus; cpu++) {
      int[] stack = new int[PADDING + 1 + share + PADDING];
      for (int i = 0; i < share; i++) {
        stack[PADDING + 1 + i] = cpu * share + i;
      }
      stack[PADDING] = share;
      stacks[cpu] = stack;
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    int[] stack = stacks[cpu];
    int depth = stack[PADDING];
    if (depth == 0) {
      return MISSED;
    }
    stack[PADDING] = depth - 1;
    return stack[PADDING + depth];
  }

  @Override
  public void push(int cpu, int instance) {
    int[] stack = stacks[cpu];
    int depth = stack[PADDING] + 1;
    stack[PADDING + depth] = instance;
    stack[PADDING] = depth;
  }

  @Override
  public int free() {
    int free = 0;
    for (int[] stack : stacks) {
      free += stack[PADDING];
    }
    return free == share * stacks.length ? capacity : free;
  }
}
