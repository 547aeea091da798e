package dev.kretsim.stress.twins;

import dev.kretsim.pool.InstancePool;

/** Broken: the hlist pool without its lock. */
final class UnlockedStack implements InstancePool {
  private final int[] free;
  private int count;

  UnlockedStack(int capacity) {
    free = new int[capacity];
    while (count < capacity) {
      free[count] = count++;
    }
  }

  @Override
  public int capacity() {
    return free.length;
  }

  @Override
  public int pop(int cpu) {
    int top = count;
    if (top <= 0) {
      return MISSED;
    }
    count = top - 1;
    return free[top - 1];
  }

  @Override
  public void push(int cpu, int instance) {
    int top = count;
    // Where two pushes met, one is already lost; the test must see that and not an exception.
    if (top < free.length) {
      free[top] = instance;
      count = top + 1;
    }
  }

  @Override
  public int free() {
    return count;
  }
}
