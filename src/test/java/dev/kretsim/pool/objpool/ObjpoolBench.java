package dev.kretsim.pool.objpool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolLifetime;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pool of an {@link ObjpoolCase} and the books that are kept on it. Who runs what when is up to
 * {@link BenchInTurns} and {@link BenchOnThreads}.
 *
 * <p>Operations have their effects on memory alone, so that they can be run again.
 */
final class ObjpoolBench {
  private final ObjpoolCase which;
  private final int cpus;
  private final CpuContexts contexts;
  private final InstancePool pool;
  private final PoolLifetime lifetime;

  private final Memory memory;
  private final int stopped;
  private final int allocated;
  private final int freed;
  private final int releases;
  private final int[] preemptOff;

  private final AtomicIntegerArray holders;
  // Plain: whoever holds an object may write to it, and the next holder sees it.
  private final long[] uses;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder lateMisses = new LongAdder();
  private final LongAdder drops = new LongAdder();

  /**
   * What a run came to.
   *
   * @param misses while the pool was there
   * @param lateMisses after the stop, when it may have been retired
   * @param drops objects given up in place of a push
   */
  record Outcome(long hits, long misses, long lateMisses, long drops) {}

  ObjpoolBench(ObjpoolCase which, PoolUnderTest design, CpuContexts contexts, Memory.Factory mem) {
    this.which = which;
    this.contexts = contexts;
    this.cpus = contexts.count();
    Layout layout = new Layout();
    stopped = layout.reserve(1);
    allocated = layout.reserve(1);
    freed = layout.reserve(1);
    releases = layout.reserve(1);
    preemptOff = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      preemptOff[cpu] = layout.reserve(1);
    }
    memory = mem.create(layout);
    int objects = ObjpoolCase.OBJECTS_PER_CPU * cpus;
    pool = design.create(objects, contexts, mem);
    holders = new AtomicIntegerArray(objects);
    uses = new long[objects];
    long bytes = (long) objects * which.objectBytes();
    memory.getAndAdd(allocated, bytes);
    lifetime =
        PoolLifetime.ofInstancesAndOwner(
            pool,
            mem,
            () -> {
              memory.getAndAdd(freed, bytes);
              memory.getAndAdd(releases, 1);
            });
    check(pool.capacity() == objects, "object count", pool.capacity());
  }

  ObjpoolCase which() {
    return which;
  }

  int cpus() {
    return cpus;
  }

  boolean irqsEnabled(int cpu) {
    return contexts.irqsEnabled(cpu);
  }

  int pop(int cpu) {
    return pool.pop(cpu);
  }

  int took(int instance) {
    if (instance == InstancePool.MISSED) {
      (stopped() ? lateMisses : misses).increment();
      return instance;
    }
    check(instance >= 0 && instance < holders.length(), "no such instance", instance);
    check(holders.incrementAndGet(instance) == 1, "instance in two hands", instance);
    uses[instance]++;
    hits.increment();
    return instance;
  }

  void letGo(int instance) {
    holders.decrementAndGet(instance);
  }

  /**
   * Pushes, or drops after the stop if the case is one of those.
   *
   * @return whether it dropped
   */
  long giveBack(int cpu, int instance) {
    memory.getAndAdd(preemptOff[cpu], 1); // a full fence: the flag is looked at after it
    boolean drop = which.async() && memory.getAcquire(stopped) != 0;
    if (drop) {
      lifetime.drop();
    } else {
      pool.push(cpu, instance);
    }
    memory.getAndAdd(preemptOff[cpu], -1);
    return drop ? 1 : 0;
  }

  void gaveBack(long dropped) {
    drops.add(dropped);
  }

  boolean stopped() {
    return memory.getAcquire(stopped) != 0;
  }

  void stop() {
    memory.getAndSet(stopped, 1);
  }

  /** Whether the CPU is in nothing that a grace period has to wait for. */
  boolean quiescent(int cpu) {
    return memory.getAcquire(preemptOff[cpu]) == 0;
  }

  /** Waits until each CPU was seen quiescent. */
  void awaitGracePeriod() {
    for (int word : preemptOff) {
      memory.awaitEqual(word, -1, 0);
    }
  }

  long retire(int cpu) {
    return lifetime.retire(cpu) ? 1 : 0;
  }

  /**
   * Closes the books, with everybody gone.
   *
   * @throws AssertionError if they do not balance
   */
  Outcome close() {
    check(lifetime.references() == 0, "instances lost", lifetime.references());
    check(memory.get(releases) == 1, "pool released so many times", memory.get(releases));
    check(memory.get(freed) == memory.get(allocated), "bytes freed", memory.get(freed));
    long used = 0;
    for (int instance = 0; instance < uses.length; instance++) {
      check(holders.get(instance) == 0, "instance still in a hand", instance);
      used += uses[instance];
    }
    check(used == hits.sum(), "uses written by holders and lost", hits.sum() - used);
    for (int cpu = 0; cpu < cpus; cpu++) {
      check(contexts.irqsEnabled(cpu), "interrupts left off", cpu);
      check(quiescent(cpu), "preemption left off", cpu);
    }
    check(which.async() || drops.sum() == 0, "drops", drops.sum());
    return new Outcome(hits.sum(), misses.sum(), lateMisses.sum(), drops.sum());
  }

  private static void check(boolean holds, String breach, long value) {
    if (!holds) {
      throw new AssertionError(breach + ": " + value);
    }
  }
}
