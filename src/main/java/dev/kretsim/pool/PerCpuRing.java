package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * A ring for each CPU, as there was before the objpool: a CPU pushes to its own; to the next that
 * has a place if that is full. For validation alone.
 *
 * <p>An entry is one word: the sequence at which it was pushed, and the instance.
 */
final class PerCpuRing extends PerCpuPool {
  private static final int MOST = 1 << 17;

  /** Head, tail and this many places with their sequences are one line of 64 bytes. */
  private static final int LEAST_PLACES = 4;

  private static final int SEQUENCE_SHIFT = 32;
  private static final int TAIL = 1;
  private static final int ENTRIES = 2;

  private final boolean bounded;
  private final Memory memory;
  private final int[] rings;
  private final int places;

  /**
   * @param roomy whether each ring has a place for every instance; otherwise for its share, and at
   *     least as many as fit into one line
   * @param dealing which ring a new instance is in
   */
  PerCpuRing(PoolSpec spec, boolean roomy, Dealing dealing) {
    super(spec, MOST);
    rings = new int[cpus];
    int needed = roomy ? capacity : (capacity + cpus - 1) / cpus;
    places = Math.max(LEAST_PLACES, powerOfTwo(needed));
    bounded = capacity > places;
    Layout layout = new Layout();
    for (int cpu = 0; cpu < cpus; cpu++) {
      rings[cpu] = layout.reserve("ring " + cpu, ENTRIES + places);
    }
    memory = spec.memories().create(layout);
    for (int ring : rings) {
      memory.set(ring, places); // no entry that was never written has this sequence
      memory.set(ring + TAIL, places);
    }
    for (int instance = 0; instance < capacity; instance++) {
      int ring = rings[dealing.cpuOf(instance, capacity, cpus)];
      long tail = memory.get(ring + TAIL);
      memory.set(entry(ring, tail), tail << SEQUENCE_SHIFT | instance);
      memory.set(ring + TAIL, tail + 1);
    }
  }

  private int entry(int ring, long sequence) {
    return ring + ENTRIES + (int) (sequence & places - 1);
  }

  @Override
  Memory memory() {
    return memory;
  }

  @Override
  int popFrom(int cpu, int list) {
    int ring = rings[list];
    long head = memory.getAcquire(ring);
    int loop = memory.loop();
    while ((head = memory.again(loop, head)) != memory.getOpaque(ring + TAIL)) {
      long entry = memory.getAcquire(entry(ring, head));
      if (entry >>> SEQUENCE_SHIFT == head) {
        long witness = memory.compareAndExchange(ring, head, head + 1);
        if (witness == head) {
          return (int) entry;
        }
        head = witness;
      } else {
        long before = head;
        head = memory.getOpaque(ring);
        if (head == before) {
          return MISSED; // its push is not over
        }
      }
    }
    return MISSED;
  }

  @Override
  public void push(int cpu, int instance) {
    boolean pushed = false;
    int scan = memory.loop();
    for (int step = 0; !pushed; step++) {
      step = (int) memory.again(scan, step);
      pushed = pushTo(rings[(cpu + step) % cpus], instance);
    }
  }

  private boolean pushTo(int ring, int instance) {
    long tail;
    if (bounded) {
      long head = memory.getOpaque(ring);
      tail = memory.getOpaque(ring + TAIL);
      if (tail - head >= places) {
        return false;
      }
      if (memory.compareAndExchange(ring + TAIL, tail, tail + 1) != tail) {
        return pushTo(ring, instance);
      }
    } else {
      tail = memory.getAndAdd(ring + TAIL, 1);
    }
    memory.setRelease(entry(ring, tail), tail << SEQUENCE_SHIFT | instance);
    return true;
  }

  @Override
  List<Integer> on(int list) {
    int ring = rings[list];
    List<Integer> free = new ArrayList<>();
    long tail = memory.get(ring + TAIL);
    for (long at = memory.get(ring); at < tail; at++) {
      free.add((int) memory.get(entry(ring, at)));
    }
    return free;
  }

  static int powerOfTwo(int least) {
    return least == 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
  }
}
