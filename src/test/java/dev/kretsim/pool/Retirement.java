package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Interleaving;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A pool that CPU 0 retires while the others still have or take instances of it. */
final class Retirement {
  private static final int ROUNDS = 3;

  private final Interleaving interleaving = new Interleaving();
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
  Retirement(PoolUnderTest design, LifetimeUnderTest form, int free, int inFlight, int cpus) {
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

  long releases() {
    return memory.get(released);
  }

  /** CPU 0 retires the pool, and CPU 1 drops what is in flight. */
  List<Interleaving.Strand> retireAndDrop() {
    return List.of(
        interleaving.start(() -> lifetime.retire(0) ? 1 : 0),
        interleaving.start(
            () -> {
              int last = 0;
              for (int i = 0; i < inFlight; i++) {
                last += lifetime.drop() ? 1 : 0;
              }
              return last;
            }));
  }

  /**
   * CPU 0 unregisters and the others are called: each takes an instance and at the return looks
   * whether to push it or drop it.
   *
   * @param grace whether CPU 0 waits for those who may have looked before
   */
  void unregisterWhileCalled(boolean grace, long seed) {
    List<Queue<Schedules.Operation>> work = new ArrayList<>();
    Queue<Schedules.Operation> unregister = Schedules.queue();
    unregister.add(new Schedules.Operation(() -> unregister(grace), ignored -> {}));
    work.add(unregister);
    for (int cpu = 1; cpu < cpus; cpu++) {
      work.add(callsOn(cpu));
    }
    Schedules.run(interleaving, work, seed);
  }

  private long unregister(boolean grace) {
    memory.getAndSet(unregistered, 1);
    for (int cpu = 1; cpu < cpus && grace; cpu++) {
      memory.awaitEqual(inSection[cpu], -1, 0);
    }
    return lifetime.retire(0) ? 1 : 0;
  }

  private Queue<Schedules.Operation> callsOn(int cpu) {
    Queue<Schedules.Operation> work = Schedules.queue();
    int[] held = {InstancePool.MISSED};
    for (int round = 0; round < ROUNDS; round++) {
      work.add(new Schedules.Operation(() -> pool.pop(cpu), taken -> held[0] = (int) taken));
      work.add(new Schedules.Operation(() -> giveBack(cpu, held[0]), ignored -> {}));
    }
    return work;
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
