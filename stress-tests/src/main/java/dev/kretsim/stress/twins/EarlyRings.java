package dev.kretsim.stress.twins;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;

/**
 * Broken: objpool for two CPUs, with {@code last} stored before the entry that it announces. With
 * those two lines the other way round it is whole.
 */
final class EarlyRings implements InstancePool {
  private static final int LAST = 1;
  private static final int ENTRIES = 2;
  private static final int SLOTS = 4;

  private final int capacity;
  private final int[] rings = new int[2];
  private final Memory memory;

  /**
   * @param capacity at most 4; all of them start in the ring of CPU 0
   */
  EarlyRings(int capacity) {
    this.capacity = capacity;
    Layout layout = new Layout();
    rings[0] = layout.reserve(ENTRIES + SLOTS);
    rings[1] = layout.reserve(ENTRIES + SLOTS);
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
    int own = popFrom(rings[cpu]);
    return own == MISSED ? popFrom(rings[1 - cpu]) : own;
  }

  private int popFrom(int ring) {
    long head = memory.getAcquire(ring);
    while (head < memory.getAcquire(ring + LAST)) {
      long instance = memory.getOpaque(entry(ring, head));
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
    int ring = rings[cpu];
    long tail = memory.getOpaque(ring + LAST);
    memory.setRelease(ring + LAST, tail + 1);
    memory.setOpaque(entry(ring, tail), instance);
  }

  @Override
  public int free() {
    int free = 0;
    for (int ring : rings) {
      free += (int) (memory.get(ring + LAST) - memory.get(ring));
    }
    return free;
  }

  private static int entry(int ring, long sequence) {
    return ring + ENTRIES + (int) (sequence % SLOTS);
  }
}
