package dev.kretsim.pool;

import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * A list or ring for each CPU, as published throughput has it: a CPU pops from its own, then from
 * the others in ascending order.
 */
abstract class PerCpuPool implements InstancePool {
  final int capacity;
  final int cpus;

  PerCpuPool(PoolSpec spec, int most) {
    capacity = spec.capacityUpTo(most);
    cpus = spec.cpus().count();
  }

  abstract Memory memory();

  /** Of the list of a CPU, which may be another than the one that pops. */
  abstract int popFrom(int cpu, int list);

  /** What is free on the list of a CPU. */
  abstract List<Integer> on(int list);

  @Override
  public final int capacity() {
    return capacity;
  }

  @Override
  public final int pop(int cpu) {
    int found = MISSED;
    int scan = memory().loop();
    for (int step = 0; step < cpus && found == MISSED; step++) {
      step = (int) memory().again(scan, step);
      found = popFrom(cpu, (cpu + step) % cpus);
    }
    return found;
  }

  @Override
  public final int free() {
    return freeLists().stream().mapToInt(List::size).sum();
  }

  @Override
  public final List<List<Integer>> freeLists() {
    List<List<Integer>> all = new ArrayList<>();
    for (int list = 0; list < cpus; list++) {
      all.add(on(list));
    }
    return all;
  }
}
