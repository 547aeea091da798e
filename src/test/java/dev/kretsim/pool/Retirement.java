package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.explore.OneEach;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.memory.explore.Scene;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A pool that CPU 0 retires while the others still have or take instances of it. */
final class Retirement {
  private static final int ROUNDS = 3;

  private final InstancePool pool;
  private final LifetimeUnderTest.Lifetime lifetime;
  private final int cpus;
  private final int inFlight;

  private final Memory memory;
  private final int unregistered;
  private final int released;
  private final int[] inSection;

  /**
   * @param free how many instances are there to be taken
   * @param inFlight how many more are taken already
   */
  Retirement(
      Interleaving interleaving,
      PoolUnderTest design,
      LifetimeUnderTest form,
      int free,
      int inFlight,
      int cpus) {
    this.cpus = cpus;
    this.inFlight = inFlight;
    Layout layout = new Layout();
    unregistered = layout.reserve(1);
    released = layout.reserve(1);
    inSection = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      inSection[cpu] = layout.reserve(1);
    }
    memory = interleaving.create(layout);
    pool = design.create(free + inFlight, new CpuContexts(cpus, interleaving), interleaving);
    lifetime = form.form().create(pool, interleaving, () -> memory.getAndAdd(released, 1));
    for (int i = 0; i < inFlight; i++) {
      pool.pop(1);
    }
  }

  private long releases() {
    return memory.get(released);
  }

  /** CPU 0 retires the pool, and CPU 1 drops what is in flight; then come the releases. */
  Scene retireAndDrop(LongConsumer ended) {
    return new OneEach(
        Operation.of("retire", () -> lifetime.retire(0) ? 1 : 0, ignored -> {}),
        Operation.of(
            "drop",
            () -> {
              int last = 0;
              for (int i = 0; i < inFlight; i++) {
                last += lifetime.drop() ? 1 : 0;
              }
              return last;
            },
            ignored -> {})) {
      @Override
      public void end() {
        ended.accept(releases());
      }
    };
  }

  /**
   * CPU 0 unregisters and the others are called: each takes an instance and at the return looks
   * whether to push it or drop it.
   *
   * @param grace whether CPU 0 waits for those who may have looked before
   * @param ended takes how often the pool was released
   */
  Scene unregisterWhileCalled(boolean grace, LongConsumer ended) {
    int[] held = new int[cpus];
    int[] done = new int[cpus];
    return new Scene() {
      @Override
      public int cpus() {
        return cpus;
      }

      @Override
      public @Nullable Operation next(int cpu) {
        int step = done[cpu]++;
        if (cpu == 0) {
          return step == 0
              ? Operation.of("unregister", () -> unregister(grace), ignored -> {})
              : null;
        }
        if (step == 2 * ROUNDS) {
          return null;
        }
        return step % 2 == 0
            ? Operation.of("pop", () -> pool.pop(cpu), taken -> held[cpu] = (int) taken)
            : Operation.of("return", () -> giveBack(cpu, held[cpu]), ignored -> {});
      }

      @Override
      public void end() {
        ended.accept(releases());
      }
    };
  }

  private long unregister(boolean grace) {
    memory.getAndSet(unregistered, 1);
    for (int cpu = 1; cpu < cpus && grace; cpu++) {
      memory.awaitEqual(inSection[cpu], -1, 0);
    }
    return lifetime.retire(0) ? 1 : 0;
  }

  private long giveBack(int cpu, int instance) {
    if (instance == InstancePool.MISSED) {
      return 0;
    }
    memory.getAndSet(inSection[cpu], 1);
    if (memory.getAcquire(unregistered) == 0) {
      pool.push(cpu, instance);
    } else {
      lifetime.drop();
    }
    memory.setRelease(inSection[cpu], 0);
    return 0;
  }
}
