package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** Twins of {@link RingPool} that are each one line away from {@link Whole}. */
final class BrokenOwnedRings {
  private BrokenOwnedRings() {}

  /** Right as long as nobody interrupts a push with another: the rings of a {@link RingPool}. */
  static class Whole implements InstancePool {
    static final int TAIL = 1;
    static final int ENTRIES = 2;

    final Memory memory;
    private final int capacity;
    private final int[] rings;

    Whole(PoolSpec spec) {
      capacity = spec.capacity();
      rings = new int[spec.cpus().count()];
      Layout layout = new Layout();
      for (int cpu = 0; cpu < rings.length; cpu++) {
        rings[cpu] = layout.reserve("ring " + cpu, ENTRIES + capacity);
      }
      memory = spec.memories().create(layout);
      for (int instance = 0; instance < capacity; instance++) {
        int ring = rings[instance % rings.length];
        long tail = memory.get(ring + TAIL);
        memory.set(entry(ring, tail), instance);
        memory.set(ring + TAIL, tail + 1);
      }
    }

    @Override
    public int capacity() {
      return capacity;
    }

    @Override
    public int pop(int cpu) {
      while (true) {
        long pushes = 0;
        for (int step = 0; step < rings.length; step++) {
          int ring = rings[(cpu + step) % rings.length];
          long head = memory.getAcquire(ring);
          long tail = memory.getAcquire(ring + TAIL);
          while (head < tail) {
            long instance = memory.getOpaque(entry(ring, head));
            long witness = moveHead(ring, head);
            if (witness == head) {
              return (int) instance;
            }
            head = witness;
            tail = memory.getAcquire(ring + TAIL);
          }
          pushes += tail;
        }
        if (nobodyPushedSince(pushes)) {
          return MISSED;
        }
      }
    }

    @Override
    public void push(int cpu, int instance) {
      long tail = memory.getOpaque(rings[cpu] + TAIL);
      append(rings[cpu], tail, instance);
    }

    @Override
    public int free() {
      return freeLists().stream().mapToInt(List::size).sum();
    }

    @Override
    public List<List<Integer>> freeLists() {
      List<List<Integer>> free = new ArrayList<>();
      for (int ring : rings) {
        List<Integer> onCpu = new ArrayList<>();
        for (long at = memory.get(ring); at < memory.get(ring + TAIL); at++) {
          onCpu.add((int) memory.get(entry(ring, at)));
        }
        free.add(onCpu);
      }
      return free;
    }

    long moveHead(int ring, long head) {
      return memory.compareAndExchange(ring, head, head + 1);
    }

    boolean nobodyPushedSince(long pushes) {
      long again = 0;
      for (int ring : rings) {
        again += memory.getAcquire(ring + TAIL);
      }
      return again == pushes;
    }

    void append(int ring, long tail, int instance) {
      memory.setOpaque(entry(ring, tail), instance);
      memory.setRelease(ring + TAIL, tail + 1);
    }

    final int entry(int ring, long sequence) {
      return ring + ENTRIES + (int) (sequence % capacity);
    }
  }

  static final class CollectsOnce extends Whole {
    CollectsOnce(PoolSpec spec) {
      super(spec);
    }

    @Override
    boolean nobodyPushedSince(long pushes) {
      return true;
    }
  }

  static final class PublishesEarly extends Whole {
    PublishesEarly(PoolSpec spec) {
      super(spec);
    }

    @Override
    void append(int ring, long tail, int instance) {
      memory.setRelease(ring + TAIL, tail + 1);
      memory.setOpaque(entry(ring, tail), instance);
    }
  }

  static final class StoresHead extends Whole {
    StoresHead(PoolSpec spec) {
      super(spec);
    }

    @Override
    long moveHead(int ring, long head) {
      memory.setRelease(ring, head + 1);
      return head;
    }
  }
}
