package dev.kretsim.stress.twins;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;

/** Broken: objpool's ring, with {@code last} stored before the entry it announces. */
final class EarlyRing implements InstancePool {
  private static final int LAST = 1;
  private static final int ENTRIES = 2;

  private final int capacity;
  private final Memory memory;
  private final int ring;

  EarlyRing(int capacity) {
    this.capacity = capacity;
    Layout layout = new Layout();
    ring = layout.reserve(ENTRIES + capacity);
    memory = new RealMemory(layout);
    for (int i = 0; i < capacity; i++) {
      memory.set(ring + ENTRIES + i, i);
    }
    memory.set(ring + LAST, capacity);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    long head = memory.getAcquire(ring);
    while (head < memory.getAcquire(ring + LAST)) {
      int entry = ring + ENTRIES + (int) (head % capacity);
      long instance = memory.getOpaque(entry);
      memory.setOpaque(entry, MISSED);
      long witness = memory.compareAndExchange(ring, head, head + 1);
      if (witness == head) {
        return (int) instance;
      }
      head = witness;
    }
    return MISSED;
  }

  @Override
  public void push(int cpu, int instance) {
    long tail = memory.getAndAdd(ring + LAST, 1);
    memory.setRelease(ring + ENTRIES + (int) (tail % capacity), instance);
  }

  @Override
  public int free() {
    return (int) (memory.get(ring + LAST) - memory.get(ring));
  }
}
