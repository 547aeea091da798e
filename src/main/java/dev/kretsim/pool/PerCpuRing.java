package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * A ring for each CPU, as published throughput has it before the objpool: a CPU pops from its own,
 * then from the others in ascending order, and pushes to its own; to the next that has a place if
 * that is full. For validation alone.
 *
 * @param roomy whether each ring has a place for every instance; otherwise for its share, and at
 *     least as many as fit into one line
 * @param dealing which ring a new instance is in
 */
record PerCpuRing(boolean roomy, Dealing dealing) implements PoolDesign {
  private static final int MOST = 1 << 17;

  /** Head, tail and this many places with their sequences are one line of 64 bytes. */
  private static final int LEAST_PLACES = 4;

  @Override
  public String name() {
    return roomy ? "roomy-ring-per-cpu" : "ring-per-cpu";
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Nesting nesting() {
    return Nesting.ANYWHERE;
  }

  @Override
  public InstancePool create(PoolSpec spec) {
    return new Pool(spec, roomy, dealing);
  }

  /** An entry is one word: the sequence at which it was pushed, and the instance. */
  private static final class Pool implements InstancePool {
    private static final int SEQUENCE_SHIFT = 32;
    private static final int TAIL = 1;
    private static final int ENTRIES = 2;

    private final int capacity;
    private final boolean bounded;
    private final Memory memory;
    private final int[] rings;
    private final int places;

    Pool(PoolSpec spec, boolean roomy, Dealing dealing) {
      capacity = spec.capacityUpTo(MOST);
      rings = new int[spec.cpus().count()];
      int needed = roomy ? capacity : (capacity + rings.length - 1) / rings.length;
      places = Math.max(LEAST_PLACES, powerOfTwo(needed));
      bounded = capacity > places;
      Layout layout = new Layout();
      for (int cpu = 0; cpu < rings.length; cpu++) {
        rings[cpu] = layout.reserve("ring " + cpu, ENTRIES + places);
      }
      memory = spec.memories().create(layout);
      for (int ring : rings) {
        memory.set(ring, places); // no entry that was never written has this sequence
        memory.set(ring + TAIL, places);
      }
      for (int instance = 0; instance < capacity; instance++) {
        int ring = rings[dealing.cpuOf(instance, capacity, rings.length)];
        long tail = memory.get(ring + TAIL);
        memory.set(entry(ring, tail), tail << SEQUENCE_SHIFT | instance);
        memory.set(ring + TAIL, tail + 1);
      }
    }

    private int entry(int ring, long sequence) {
      return ring + ENTRIES + (int) (sequence & places - 1);
    }

    @Override
    public int capacity() {
      return capacity;
    }

    @Override
    public int pop(int cpu) {
      int found = MISSED;
      int scan = memory.loop();
      for (int step = 0; step < rings.length && found == MISSED; step++) {
        step = (int) memory.again(scan, step);
        found = popFrom(rings[(cpu + step) % rings.length]);
      }
      return found;
    }

    private int popFrom(int ring) {
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
        pushed = pushTo(rings[(cpu + step) % rings.length], instance);
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
    public int free() {
      return freeLists().stream().mapToInt(List::size).sum();
    }

    @Override
    public List<List<Integer>> freeLists() {
      List<List<Integer>> all = new ArrayList<>();
      for (int ring : rings) {
        List<Integer> free = new ArrayList<>();
        long tail = memory.get(ring + TAIL);
        for (long at = memory.get(ring); at < tail; at++) {
          free.add((int) memory.get(entry(ring, at)));
        }
        all.add(free);
      }
      return all;
    }
  }

  static int powerOfTwo(int least) {
    return least == 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
  }
}
