package dev.kretsim.examples;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.pool.PoolSpec;
import java.util.stream.IntStream;

/** A pool hammered by threads. */
final class PoolHammeredByThreads {
  private static void hit(InstancePool pool, int cpu) {
    int instance = pool.pop(cpu);
    if (instance != InstancePool.MISSED) {
      pool.push(cpu, instance);
    }
  }

  private PoolHammeredByThreads() {}

  static void run() throws Exception {
    // begin
    CpuContexts cpus = new CpuContexts(4, RealMemory::new);
    PoolSpec spec = new PoolSpec(8, cpus, RealMemory::new, LockDesigns.QUEUED);
    InstancePool pool = PoolDesigns.named("ring").orElseThrow().create(spec);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < 4; i++) {
      int cpu = i; // one thread for each emulated CPU
      threads[i] = new Thread(() -> IntStream.range(0, 100_000).forEach(round -> hit(pool, cpu)));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(pool.free() + " of " + pool.capacity() + " are back");
    // end
  }
}
