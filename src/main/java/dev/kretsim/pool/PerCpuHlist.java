package dev.kretsim.pool;

import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** A list under a spinlock for each CPU, which pushes to its own. For validation alone. */
final class PerCpuHlist extends PerCpuPool {
  private static final int END = 0;
  private static final int MOST = 1 << 20;

  private final Memory memory;
  private final int[] heads;
  private final RawSpinLock[] locks;
  private final int nodes;
  private final int stride;

  /**
   * @param dealing which list a new instance is on
   */
  PerCpuHlist(PoolSpec spec, Dealing dealing) {
    super(spec, MOST);
    stride = NodeStride.of(capacity, 1);
    Layout layout = new Layout();
    heads = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      heads[cpu] = layout.reserve("lock, list " + cpu, RawSpinLock.WORDS + 1);
      heads[cpu] += RawSpinLock.WORDS;
    }
    nodes = layout.reserve("nodes", capacity * stride);
    memory = spec.memories().create(layout);
    locks = new RawSpinLock[heads.length];
    for (int cpu = 0; cpu < cpus; cpu++) {
      locks[cpu] = spec.lock().create(memory, heads[cpu] - RawSpinLock.WORDS, spec.cpus());
    }
    for (int instance = 0; instance < capacity; instance++) {
      link(instance, heads[dealing.cpuOf(instance, capacity, cpus)]);
    }
  }

  private void link(int instance, int head) {
    memory.set(nodes + instance * stride, memory.get(head));
    memory.set(head, instance + 1L);
  }

  @Override
  Memory memory() {
    return memory;
  }

  @Override
  int popFrom(int cpu, int list) {
    long irqs = locks[list].lockIrqSave(cpu);
    long first = memory.get(heads[list]);
    if (first != END) {
      memory.set(heads[list], memory.get(nodes + ((int) first - 1) * stride));
    }
    locks[list].unlockIrqRestore(cpu, irqs);
    return (int) first - 1; // END - 1 is MISSED
  }

  @Override
  public void push(int cpu, int instance) {
    long irqs = locks[cpu].lockIrqSave(cpu);
    link(instance, heads[cpu]);
    locks[cpu].unlockIrqRestore(cpu, irqs);
  }

  @Override
  List<Integer> on(int list) {
    List<Integer> free = new ArrayList<>();
    for (long node = memory.get(heads[list]); node != END; ) {
      free.add((int) node - 1);
      node = memory.get(nodes + ((int) node - 1) * stride);
    }
    return free;
  }
}
