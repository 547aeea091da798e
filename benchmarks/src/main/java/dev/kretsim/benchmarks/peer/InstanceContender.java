package dev.kretsim.benchmarks.peer;

import dev.kretsim.pool.InstancePool;

/** An {@link InstancePool}: its instances are numbers. */
final class InstanceContender extends Contender {
  /** Two cache lines before and behind what a CPU holds. */
  private static final int PADDING = 32;

  private final InstancePool pool;
  private final int[][] held;

  InstanceContender(InstancePool pool, int cpus) {
    super(pool.capacity());
    this.pool = pool;
    this.held = new int[cpus][];
  }

  @Override
  public void join(int cpu) {
    held[cpu] = new int[PADDING + capacity() + PADDING];
  }

  @Override
  public boolean takeAndGive(int cpu, int holdTokens) {
    int instance = pool.pop(cpu);
    if (instance == InstancePool.MISSED) {
      return false;
    }
    use(instance, cpu);
    hold(holdTokens);
    pool.push(cpu, instance);
    return true;
  }

  @Override
  public int takeAndGiveMany(int cpu, int wanted) {
    int[] instances = held[cpu];
    int had = 0;
    for (int i = 0; i < wanted; i++) {
      int instance = pool.pop(cpu);
      if (instance != InstancePool.MISSED) {
        use(instance, cpu);
        instances[PADDING + had++] = instance;
      }
    }
    hold(0);
    for (int i = had - 1; i >= 0; i--) {
      pool.push(cpu, instances[PADDING + i]);
    }
    return had;
  }

  @Override
  public int free() {
    return pool.free();
  }
}
