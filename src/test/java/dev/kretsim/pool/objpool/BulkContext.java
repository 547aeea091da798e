package dev.kretsim.pool.objpool;

import dev.kretsim.memory.explore.Operation;
import dev.kretsim.pool.InstancePool;

/**
 * What runs on a CPU, as a task or as an interrupt: it takes some objects, then gives them back in
 * the order in which it got them, operation by operation.
 */
final class BulkContext {
  private final ObjpoolBench bench;
  private final int cpu;
  private final int[] taken;
  private int pops;
  private int givenBack;

  BulkContext(ObjpoolBench bench, int cpu, int bulk) {
    this.bench = bench;
    this.cpu = cpu;
    this.taken = new int[bulk];
    this.pops = bulk;
    this.givenBack = bulk;
  }

  void begin() {
    pops = 0;
    givenBack = 0;
  }

  /** Whether it has given back all, or has never begun. */
  boolean done() {
    return givenBack == taken.length;
  }

  /** Whether it has taken all that it wants and given back nothing yet. */
  boolean holdsAll() {
    return pops == taken.length && givenBack == 0;
  }

  /** The next operation of this round; not to be asked for when {@link #done}. */
  Operation next() {
    if (pops < taken.length) {
      return Operation.of(
          "take", () -> bench.pop(cpu), instance -> taken[pops++] = bench.took((int) instance));
    }
    int instance = taken[givenBack++];
    if (instance == InstancePool.MISSED) {
      return Operation.of("none", () -> 0, ignored -> {});
    }
    bench.letGo(instance);
    return Operation.of("give back", () -> bench.giveBack(cpu, instance), bench::gaveBack);
  }
}
