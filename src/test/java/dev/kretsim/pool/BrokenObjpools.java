package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** Twins of {@link Objpool} that are each one line away from {@link Whole}. */
final class BrokenObjpools {
  private BrokenObjpools() {}

  /** As {@link Objpool}: right, unless a twin overrides a line of it. Keeps interrupts on. */
  static class Whole implements InstancePool {
    static final int TAIL = 1;
    static final int LAST = 2;
    private static final int ENTRIES = 3;

    final Memory memory;
    final int[] rings;
    private final int capacity;

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
        memory.set(ring + LAST, tail + 1);
      }
    }

    @Override
    public int capacity() {
      return capacity;
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
        for (long at = memory.get(ring); at < memory.get(ring + LAST); at++) {
          onCpu.add((int) memory.get(entry(ring, at)));
        }
        free.add(onCpu);
      }
      return free;
    }

    @Override
    public int pop(int cpu) {
      for (int step = 0; step < rings.length; step++) {
        int found = popFrom(rings[(cpu + step) % rings.length]);
        if (found != MISSED) {
          return found;
        }
      }
      return MISSED;
    }

    int popFrom(int ring) {
      long head = memory.getAcquire(ring);
      long last = memory.getAcquire(ring + LAST);
      while (head < last) {
        long instance = memory.getOpaque(entry(ring, head));
        long witness = memory.compareAndExchange(ring, head, head + 1);
        if (witness == head) {
          return (int) instance;
        }
        head = witness;
        last = memory.getAcquire(ring + LAST);
      }
      return MISSED;
    }

    @Override
    public void push(int cpu, int instance) {
      int ring = ringOf(cpu);
      long tail = memory.getOpaque(ring + TAIL);
      for (long witness = claim(ring, tail); witness != tail; witness = claim(ring, tail)) {
        tail = witness;
      }
      publish(ring, tail, instance);
    }

    private long claim(int ring, long tail) {
      return memory.compareAndExchange(ring + TAIL, tail, tail + 1);
    }

    int ringOf(int cpu) {
      return rings[cpu];
    }

    void publish(int ring, long tail, int instance) {
      memory.setOpaque(entry(ring, tail), instance);
      memory.setRelease(ring + LAST, tail + 1);
    }

    final int entry(int ring, long sequence) {
      return ring + ENTRIES + (int) (sequence % capacity);
    }
  }

  /** Stores last before the entry that it publishes. */
  static final class LastFirst extends Whole {
    LastFirst(PoolSpec spec) {
      super(spec);
    }

    @Override
    void publish(int ring, long tail, int instance) {
      memory.setRelease(ring + LAST, tail + 1);
      memory.setOpaque(entry(ring, tail), instance);
    }
  }

  /** Publishes the entry, but not what the holder wrote. */
  static final class RelaxedLast extends Whole {
    RelaxedLast(PoolSpec spec) {
      super(spec);
    }

    @Override
    void publish(int ring, long tail, int instance) {
      memory.setOpaque(entry(ring, tail), instance);
      memory.setOpaque(ring + LAST, tail + 1);
    }
  }

  /** All CPUs push to one ring, which is safe with one alone. */
  static final class SharedRing extends Whole {
    SharedRing(PoolSpec spec) {
      super(spec);
    }

    @Override
    int ringOf(int cpu) {
      return rings[0];
    }
  }

  /** Takes for granted that last is not behind head, though it was read before. */
  static final class StaleLast extends Whole {
    StaleLast(PoolSpec spec) {
      super(spec);
    }

    @Override
    int popFrom(int ring) {
      long last = memory.getAcquire(ring + LAST);
      long head = memory.getAcquire(ring);
      while (head != last) {
        long instance = memory.getOpaque(entry(ring, head));
        long witness = memory.compareAndExchange(ring, head, head + 1);
        if (witness == head) {
          return (int) instance;
        }
        head = witness;
        last = memory.getAcquire(ring + LAST);
      }
      return MISSED;
    }
  }

  /** Looks again when last is behind head, but at head alone. */
  static final class LooksAtHeadAlone extends Whole {
    LooksAtHeadAlone(PoolSpec spec) {
      super(spec);
    }

    @Override
    int popFrom(int ring) {
      long last = memory.getAcquire(ring + LAST);
      long head = memory.getAcquire(ring);
      while (head != last) {
        if (last - head - 1 < 0) {
          head = memory.getAcquire(ring);
          continue;
        }
        long instance = memory.getOpaque(entry(ring, head));
        long witness = memory.compareAndExchange(ring, head, head + 1);
        if (witness == head) {
          return (int) instance;
        }
        head = witness;
        last = memory.getAcquire(ring + LAST);
      }
      return MISSED;
    }
  }

  /** Reads the entry after it has given the position up. */
  static final class EntryLast extends Whole {
    EntryLast(PoolSpec spec) {
      super(spec);
    }

    @Override
    int popFrom(int ring) {
      long head = memory.getAcquire(ring);
      while (head < memory.getAcquire(ring + LAST)) {
        long witness = memory.compareAndExchange(ring, head, head + 1);
        if (witness == head) {
          return (int) memory.getOpaque(entry(ring, head));
        }
        head = witness;
      }
      return MISSED;
    }
  }
}
