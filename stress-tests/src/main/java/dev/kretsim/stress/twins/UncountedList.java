package dev.kretsim.stress.twins;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;

/**
 * Broken: the freelist without its reference counts. A node that was taken and came back looks as
 * if it had never been away (ABA), and the exchange puts the successor of that time at the head.
 */
final class UncountedList implements InstancePool {
  private static final int END = 0;

  private final int capacity;
  private final int head;
  private final int nodes;
  private final Memory memory;

  UncountedList(int capacity) {
    this.capacity = capacity;
    Layout layout = new Layout();
    head = layout.reserve(1);
    nodes = layout.reserve(capacity * Layout.WORDS_PER_LINE);
    memory = new RealMemory(layout);
    for (int instance = 0; instance < capacity; instance++) {
      push(0, instance);
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    long first = memory.getAcquire(head);
    while (first != END) {
      long next = memory.getOpaque(nextOf((int) first - 1));
      long witness = memory.compareAndExchange(head, first, next);
      if (witness == first) {
        return (int) first - 1;
      }
      first = witness;
    }
    return MISSED;
  }

  @Override
  public void push(int cpu, int instance) {
    long first = memory.getOpaque(head);
    while (true) {
      memory.setOpaque(nextOf(instance), first);
      long witness = memory.compareAndExchange(head, first, instance + 1L);
      if (witness == first) {
        return;
      }
      first = witness;
    }
  }

  @Override
  public int free() {
    int free = 0;
    for (long node = memory.get(head); node != END; node = memory.get(nextOf((int) node - 1))) {
      free++;
    }
    return free;
  }

  private int nextOf(int instance) {
    return nodes + instance * Layout.WORDS_PER_LINE;
  }
}
