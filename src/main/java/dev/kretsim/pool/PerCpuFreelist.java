package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.List;

/** A freelist for each CPU, which pushes to its own. For validation alone. */
final class PerCpuFreelist extends PerCpuPool {
  private final Memory memory;
  private final FreelistNodes nodes;
  private final int[] heads;

  /**
   * @param dealing which list a new instance is on
   */
  PerCpuFreelist(PoolSpec spec, Dealing dealing) {
    super(spec, FreelistPool.MAX_CAPACITY);
    int stride = NodeStride.of(capacity, FreelistNodes.WORDS);
    Layout layout = new Layout();
    heads = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      heads[cpu] = layout.reserve("list " + cpu, 1);
    }
    int first = layout.reserve("nodes", capacity * stride);
    memory = spec.memories().create(layout);
    nodes = new FreelistNodes(memory, first, stride);
    for (int instance = 0; instance < capacity; instance++) {
      nodes.add(instance, heads[dealing.cpuOf(instance, capacity, cpus)]);
    }
  }

  @Override
  Memory memory() {
    return memory;
  }

  @Override
  int popFrom(int cpu, int list) {
    return nodes.pop(heads[list]);
  }

  @Override
  public void push(int cpu, int instance) {
    nodes.add(instance, heads[cpu]);
  }

  @Override
  List<Integer> on(int list) {
    return nodes.on(heads[list]);
  }
}
