package dev.kretsim.pool;

import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * A list under a spinlock for each CPU, as published throughput has it: a CPU pops from its own,
 * then from the others in ascending order, and pushes to its own. For validation alone.
 *
 * @param dealing which list a new instance is on
 */
record PerCpuHlist(Dealing dealing) implements PoolDesign {
  @Override
  public String name() {
    return "hlist-per-cpu";
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public boolean locked() {
    return true;
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new Pool(spec, dealing);
  }

  private static final class Pool implements InstancePool {
    private static final int END = 0;
    private static final int MOST = 1 << 20;

    private final int capacity;
    private final Memory memory;
    private final int[] heads;
    private final RawSpinLock[] locks;
    private final int nodes;
    private final int stride;

    Pool(PoolSpec spec, Dealing dealing) {
      capacity = spec.capacityUpTo(MOST);
      stride = NodeStride.of(capacity, 1);
      Layout layout = new Layout();
      heads = new int[spec.cpus().count()];
      for (int cpu = 0; cpu < heads.length; cpu++) {
        heads[cpu] = layout.reserve("lock, list " + cpu, RawSpinLock.WORDS + 1);
        heads[cpu] += RawSpinLock.WORDS;
      }
      nodes = layout.reserve("nodes", capacity * stride);
      memory = spec.memories().create(layout);
      locks = new RawSpinLock[heads.length];
      for (int cpu = 0; cpu < heads.length; cpu++) {
        locks[cpu] = spec.lock().create(memory, heads[cpu] - RawSpinLock.WORDS, spec.cpus());
      }
      for (int instance = 0; instance < capacity; instance++) {
        link(instance, heads[dealing.cpuOf(instance, capacity, heads.length)]);
      }
    }

    private void link(int instance, int head) {
      memory.set(nodes + instance * stride, memory.get(head));
      memory.set(head, instance + 1L);
    }

    @Override
    public int capacity() {
      return capacity;
    }

    @Override
    public int pop(int cpu) {
      int found = MISSED;
      int scan = memory.loop();
      for (int step = 0; step < heads.length && found == MISSED; step++) {
        step = (int) memory.again(scan, step);
        found = popFrom(cpu, (cpu + step) % heads.length);
      }
      return found;
    }

    private int popFrom(int cpu, int list) {
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
    public int free() {
      return freeLists().stream().mapToInt(List::size).sum();
    }

    @Override
    public List<List<Integer>> freeLists() {
      List<List<Integer>> all = new ArrayList<>();
      for (int head : heads) {
        List<Integer> free = new ArrayList<>();
        for (long node = memory.get(head); node != END; ) {
          free.add((int) node - 1);
          node = memory.get(nodes + ((int) node - 1) * stride);
        }
        all.add(free);
      }
      return all;
    }
  }
}
