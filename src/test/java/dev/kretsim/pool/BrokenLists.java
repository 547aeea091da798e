package dev.kretsim.pool;

/** Lists under a lock that are each one line away from a right one. */
final class BrokenLists {
  private BrokenLists() {}

  /** As the hlist pool: right, unless a twin overrides a line of it. */
  static class LockedList extends BrokenPool {
    LockedList(PoolSpec spec) {
      super(spec);
      for (int i = 0; i < capacity; i++) {
        link(i);
      }
    }

    @Override
    public int pop(int cpu) {
      lock.lock(cpu);
      int taken = unlink();
      lock.unlock(cpu);
      return taken;
    }

    @Override
    public void push(int cpu, int instance) {
      lock.lock(cpu);
      link(instance);
      lock.unlock(cpu);
    }

    int unlink() {
      long first = memory.get(head);
      if (first != 0) {
        memory.set(head, memory.get(next(first - 1)));
      }
      return (int) first - 1;
    }

    final void link(int instance) {
      memory.set(next(instance), memory.get(head));
      memory.set(head, instance + 1L);
    }
  }

  static final class UnlockedPush extends LockedList {
    UnlockedPush(PoolSpec spec) {
      super(spec);
    }

    @Override
    public void push(int cpu, int instance) {
      link(instance);
    }
  }

  /** Keeps the last instance to itself. */
  static final class StingyList extends LockedList {
    StingyList(PoolSpec spec) {
      super(spec);
    }

    @Override
    int unlink() {
      long first = memory.get(head);
      return first == 0 || memory.get(next(first - 1)) == 0 ? MISSED : super.unlink();
    }
  }

  /** Tries the lock once: nothing is doubled or lost, but it misses with instances to spare. */
  static final class ImpatientList extends LockedList {
    ImpatientList(PoolSpec spec) {
      super(spec);
    }

    @Override
    public int pop(int cpu) {
      if (!lock.tryLock(cpu)) {
        return MISSED;
      }
      int taken = unlink();
      lock.unlock(cpu);
      return taken;
    }
  }

  /** Turns interrupts off for the push, and forgets to turn them on again. */
  static final class DeafList extends LockedList {
    DeafList(PoolSpec spec) {
      super(spec);
    }

    @Override
    public void push(int cpu, int instance) {
      lock.lockIrqSave(cpu);
      link(instance);
      lock.unlock(cpu);
    }
  }
}
