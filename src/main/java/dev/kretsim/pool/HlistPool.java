package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * One LIFO list for all CPUs, under one raw spinlock taken with interrupts off.
 *
 * <p>Exact: it misses only when nothing is free. The lock and the head share a line, as they do in
 * {@code struct kretprobe}; each instance has a line of its own, unless they are very many.
 *
 * <p><b>Source.</b> {@code kernel/kprobes.c} up to 5.10.
 */
final class HlistPool implements InstancePool {
  /**
   * One word each, 56 for the rest: see {@link Layout#MAX_WORDS}. Heads are whole {@code long}s.
   */
  static final int MAX_CAPACITY = Layout.MAX_WORDS - 56;

  private static final int END = 0;

  private final int capacity;
  private final Memory memory;
  private final RawSpinLock lock;
  private final int head;
  private final int nodes;
  private final int stride;

  HlistPool(PoolSpec spec) {
    capacity = spec.capacityUpTo(MAX_CAPACITY);
    stride = NodeStride.of(capacity, 1);
    Layout layout = new Layout();
    int lockWords = layout.reserve("lock, head", RawSpinLock.WORDS + 1);
    head = lockWords + RawSpinLock.WORDS;
    nodes = layout.reserve("nodes", capacity * stride);
    memory = spec.memories().create(layout);
    CpuContexts cpus = spec.cpus();
    lock = spec.lock().create(memory, lockWords, cpus);
    // Registration pushes each new instance, so the last one is handed out first.
    for (int instance = 0; instance < capacity; instance++) {
      link(instance);
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    long irqs = lock.lockIrqSave(cpu);
    long first = memory.get(head);
    if (first != END) {
      memory.set(head, memory.get(nextOf((int) first - 1)));
    }
    lock.unlockIrqRestore(cpu, irqs);
    return (int) first - 1; // END - 1 is MISSED
  }

  @Override
  public void push(int cpu, int instance) {
    long irqs = lock.lockIrqSave(cpu);
    link(instance);
    lock.unlockIrqRestore(cpu, irqs);
  }

  @Override
  public int free() {
    int count = 0;
    for (long node = memory.get(head); node != END; node = memory.get(nextOf((int) node - 1))) {
      count++;
    }
    return count;
  }

  @Override
  public List<List<Integer>> freeLists() {
    List<Integer> free = new ArrayList<>();
    for (long node = memory.get(head); node != END; node = memory.get(nextOf((int) node - 1))) {
      free.add((int) node - 1);
    }
    return List.of(free);
  }

  private void link(int instance) {
    memory.set(nextOf(instance), memory.get(head));
    memory.set(head, instance + 1L);
  }

  private int nextOf(int instance) {
    return nodes + instance * stride;
  }
}
