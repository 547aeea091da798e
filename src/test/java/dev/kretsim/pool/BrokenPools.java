package dev.kretsim.pool;

import dev.kretsim.lock.LockKind;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.List;
import java.util.function.Function;

/**
 * Pools that are each one line away from a right one. A race test that passes them is worthless.
 */
final class BrokenPools {
  private static final String DOUBLED = "instance in two hands";
  private static final String LOST = "instances lost";
  private static final String MISSED = "missed with instances free";

  private BrokenPools() {}

  /**
   * A broken pool.
   *
   * @param symptom the breach of a promise by which it must be found out
   */
  record Twin(PoolUnderTest pool, String symptom) {
    @Override
    public String toString() {
      return pool.name();
    }
  }

  static List<Twin> all() {
    return List.of(
        twin("stack without a tag", DOUBLED, UntaggedStack::new),
        new Twin(unlockedPush(), LOST),
        twin("freelist that never leaves the debt", LOST, DebtlessFreelist::new),
        twin("freelist whose peekers hold nothing", DOUBLED, CarelessFreelist::new),
        twin("ring that publishes before it writes", DOUBLED, EarlyRing::new),
        twin("ring that takes without an exchange", DOUBLED, UnfencedRing::new),
        twin("list that misses its last one", MISSED, StingyList::new),
        twin("list that misses when the lock is taken", MISSED, ImpatientList::new),
        twin("objpool taken for exact", MISSED, Objpool::new));
  }

  static PoolUnderTest unlockedPush() {
    return PoolUnderTest.of("list whose push is outside the lock", false, UnlockedPush::new);
  }

  private static Twin twin(String name, String symptom, Function<PoolSpec, InstancePool> design) {
    return new Twin(PoolUnderTest.of(name, symptom.equals(MISSED), design), symptom);
  }

  private abstract static class OnWords implements InstancePool {
    final int capacity;
    final Memory memory;
    final int head;
    final int nodes;
    final RawSpinLock lock;

    OnWords(PoolSpec spec) {
      capacity = spec.capacity();
      Layout layout = new Layout();
      int lockWords = layout.reserve(RawSpinLock.WORDS);
      head = layout.reserve(3);
      nodes = layout.reserve(4 * capacity + 8);
      memory = spec.memories().create(layout);
      lock = LockKind.TAS.create(memory, lockWords, spec.cpus());
    }

    @Override
    public int capacity() {
      return capacity;
    }

    @Override
    public int free() {
      throw new UnsupportedOperationException();
    }

    final int next(long instance) {
      return nodes + 2 * (int) instance;
    }

    final int refs(long instance) {
      return nodes + 2 * (int) instance + 1;
    }
  }

  /** ABA: the head may have left and come back between the read of its next and the exchange. */
  private static final class UntaggedStack extends OnWords {
    UntaggedStack(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        push(0, i);
      }
    }

    @Override
    public int pop(int cpu) {
      while (true) {
        long first = memory.getAcquire(head);
        if (first == 0) {
          return MISSED;
        }
        long second = memory.getOpaque(next(first - 1));
        if (memory.compareAndExchange(head, first, second) == first) {
          return (int) first - 1;
        }
      }
    }

    @Override
    public void push(int cpu, int instance) {
      long first;
      do {
        first = memory.getOpaque(head);
        memory.setOpaque(next(instance), first);
      } while (memory.compareAndExchange(head, first, instance + 1L) != first);
    }
  }

  private static final class UnlockedPush extends OnWords {
    UnlockedPush(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        push(0, i);
      }
    }

    @Override
    public int pop(int cpu) {
      lock.lock(cpu);
      long first = memory.get(head);
      if (first != 0) {
        memory.set(head, memory.get(next(first - 1)));
      }
      lock.unlock(cpu);
      return (int) first - 1;
    }

    @Override
    public void push(int cpu, int instance) {
      memory.set(next(instance), memory.get(head));
      memory.set(head, instance + 1L);
    }
  }

  /** Drops what it should hand to the last peeker: the instance is never linked again. */
  private static final class DebtlessFreelist extends OnWords {
    private static final long OWED = 1L << 31;

    DebtlessFreelist(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        link(i);
      }
    }

    @Override
    public int pop(int cpu) {
      long first = memory.getAcquire(head);
      while (first != 0) {
        int refs = refs(first - 1);
        long count = memory.getOpaque(refs);
        if (count == 0 || memory.compareAndExchange(refs, count, count + 1) != count) {
          first = memory.getAcquire(head);
          continue;
        }
        long second = memory.getOpaque(next(first - 1));
        long witness = memory.compareAndExchange(head, first, second);
        if (witness == first) {
          memory.getAndAdd(refs, -2);
          return (int) first - 1;
        }
        memory.getAndAdd(refs, -1);
        first = witness;
      }
      return MISSED;
    }

    @Override
    public void push(int cpu, int instance) {
      if (memory.getAndAdd(refs(instance), OWED) == 0) {
        link(instance);
      }
    }

    private void link(int instance) {
      while (true) {
        long first = memory.getOpaque(head);
        memory.setOpaque(next(instance), first);
        memory.setRelease(refs(instance), 1);
        if (memory.compareAndExchange(head, first, instance + 1L) == first) {
          return;
        }
        if (memory.getAndAdd(refs(instance), OWED - 1) != 1) {
          return;
        }
      }
    }
  }

  /** Takes its reference only after it has read the next node: nothing protects the read. */
  private static final class CarelessFreelist extends OnWords {
    CarelessFreelist(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        push(0, i);
      }
    }

    @Override
    public int pop(int cpu) {
      while (true) {
        long first = memory.getAcquire(head);
        if (first == 0) {
          return MISSED;
        }
        long second = memory.getOpaque(next(first - 1));
        memory.getAndAdd(refs(first - 1), 1);
        boolean taken = memory.compareAndExchange(head, first, second) == first;
        memory.getAndAdd(refs(first - 1), -1);
        if (taken) {
          return (int) first - 1;
        }
      }
    }

    @Override
    public void push(int cpu, int instance) {
      memory.awaitEqual(refs(instance), -1, 0);
      long first;
      do {
        first = memory.getOpaque(head);
        memory.setOpaque(next(instance), first);
      } while (memory.compareAndExchange(head, first, instance + 1L) != first);
    }
  }

  private abstract static class Ring extends OnWords {
    Ring(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        memory.set(nodes + i, i);
      }
      memory.set(head + 1, capacity);
      memory.set(head + 2, capacity);
    }

    final int entry(long sequence) {
      return nodes + (int) (sequence % (2L * capacity));
    }
  }

  private static final class EarlyRing extends Ring {
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

  private static final class UnfencedRing extends Ring {
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

  /** Keeps the last instance to itself. */
  private static final class StingyList extends OnWords {
    StingyList(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        push(0, i);
      }
    }

    @Override
    public int pop(int cpu) {
      lock.lock(cpu);
      long first = memory.get(head);
      boolean last = first == 0 || memory.get(next(first - 1)) == 0;
      if (!last) {
        memory.set(head, memory.get(next(first - 1)));
      }
      lock.unlock(cpu);
      return last ? MISSED : (int) first - 1;
    }

    @Override
    public void push(int cpu, int instance) {
      lock.lock(cpu);
      memory.set(next(instance), memory.get(head));
      memory.set(head, instance + 1L);
      lock.unlock(cpu);
    }
  }

  /** Tries the lock once: nothing is doubled or lost, but it misses with instances to spare. */
  private static final class ImpatientList extends OnWords {
    ImpatientList(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        push(0, i);
      }
    }

    @Override
    public int pop(int cpu) {
      if (!lock.tryLock(cpu)) {
        return MISSED;
      }
      long first = memory.get(head);
      if (first != 0) {
        memory.set(head, memory.get(next(first - 1)));
      }
      lock.unlock(cpu);
      return (int) first - 1;
    }

    @Override
    public void push(int cpu, int instance) {
      lock.lock(cpu);
      memory.set(next(instance), memory.get(head));
      memory.set(head, instance + 1L);
      lock.unlock(cpu);
    }
  }
}
