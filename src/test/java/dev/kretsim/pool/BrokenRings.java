package dev.kretsim.pool;

import java.util.ArrayList;
import java.util.List;

/** Rings that are each one line away from a right one. */
final class BrokenRings {
  private BrokenRings() {}

  private abstract static class Ring extends BrokenPool {
    Ring(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        memory.set(nodes + i, i);
      }
      memory.set(head + 1, capacity);
      memory.set(head + 2, capacity);
    }

    @Override
    public List<List<Integer>> freeLists() {
      List<Integer> free = new ArrayList<>();
      for (long at = memory.get(head); at < memory.get(head + 2); at++) {
        free.add((int) memory.get(entry(at)));
      }
      return List.of(free);
    }

    final int entry(long sequence) {
      return nodes + (int) (sequence % (2L * capacity));
    }
  }

  static final class EarlyRing extends Ring {
    EarlyRing(PoolSpec spec) {
      super(spec);
    }

    @Override
    public int pop(int cpu) {
      long first = memory.getAcquire(head);
      while (first < memory.getAcquire(head + 2)) {
        long instance = memory.getOpaque(entry(first));
        long witness = memory.compareAndExchange(head, first, first + 1);
        if (witness == first) {
          return (int) instance;
        }
        first = witness;
      }
      return MISSED;
    }

    @Override
    public void push(int cpu, int instance) {
      lock.lock(cpu);
      long tail = memory.get(head + 2);
      memory.setRelease(head + 2, tail + 1);
      memory.setOpaque(entry(tail), instance);
      lock.unlock(cpu);
    }
  }

  static final class UnfencedRing extends Ring {
    UnfencedRing(PoolSpec spec) {
      super(spec);
    }

    @Override
    public int pop(int cpu) {
      long first = memory.getAcquire(head);
      if (first >= memory.getAcquire(head + 2)) {
        return MISSED;
      }
      long instance = memory.getOpaque(entry(first));
      memory.setRelease(head, first + 1);
      return (int) instance;
    }

    @Override
    public void push(int cpu, int instance) {
      lock.lock(cpu);
      long tail = memory.get(head + 2);
      memory.setOpaque(entry(tail), instance);
      memory.setRelease(head + 2, tail + 1);
      lock.unlock(cpu);
    }
  }
}
