package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * One array of places, as published throughput has it: a CPU begins at a place of its own, a line
 * or more apart from its neighbours', and takes the first instance that it finds, or puts one into
 * the first empty place. For validation alone.
 */
final class StridedArray implements InstancePool {
  private static final int MOST = 1 << 20;
  private static final int EMPTY = 0;

  private final int capacity;
  private final Memory memory;
  private final int slots;
  private final int size;
  private final int stride;

  StridedArray(PoolSpec spec) {
    capacity = spec.capacityUpTo(MOST);
    int cpus = PerCpuRing.powerOfTwo(spec.cpus().count());
    size = Math.max(cpus * Layout.WORDS_PER_LINE, PerCpuRing.powerOfTwo(capacity));
    stride = size / cpus;
    Layout layout = new Layout();
    slots = layout.reserve("slots", size);
    memory = spec.memories().create(layout);
    // By turns over a power of two: places that no CPU begins at get their part, too.
    for (int instance = 0; instance < capacity; instance++) {
      memory.set(slots + instance % cpus * stride + instance / cpus, instance + 1L);
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    int scan = memory.loop();
    for (int step = 0; step < size; step++) {
      step = (int) memory.again(scan, step);
      int slot = slot(cpu, step);
      long found = memory.getAcquire(slot);
      if (found != EMPTY && memory.compareAndExchange(slot, found, EMPTY) == found) {
        return (int) found - 1;
      }
    }
    return MISSED;
  }

  @Override
  public void push(int cpu, int instance) {
    int scan = memory.loop();
    long step = memory.again(scan, 0);
    while (memory.compareAndExchange(slot(cpu, (int) step), EMPTY, instance + 1L) != EMPTY) {
      step = memory.again(scan, step + 1);
    }
  }

  private int slot(int cpu, int step) {
    return slots + (cpu * stride + step & size - 1);
  }

  @Override
  public int free() {
    return freeLists().get(0).size();
  }

  @Override
  public List<List<Integer>> freeLists() {
    List<Integer> free = new ArrayList<>();
    for (int slot = slots; slot < slots + size; slot++) {
      if (memory.get(slot) != EMPTY) {
        free.add((int) memory.get(slot) - 1);
      }
    }
    return List.of(free);
  }
}
