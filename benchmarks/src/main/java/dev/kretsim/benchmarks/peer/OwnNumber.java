package dev.kretsim.benchmarks.peer;

import dev.kretsim.pool.InstancePool;

/** Whoever asks gets the instance of its own number, and nothing is kept of that. */
record OwnNumber(int capacity) implements InstancePool {
  @Override
  public int pop(int cpu) {
    return cpu;
  }

  @Override
  public void push(int cpu, int instance) {}

  @Override
  public int free() {
    return capacity;
  }
}
