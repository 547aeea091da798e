package dev.kretsim.pool;

/** Lock-free lists that are each one line away from a right one. */
final class BrokenFreelists {
  private BrokenFreelists() {}

  /** ABA: the head may have left and come back between the read of its next and the exchange. */
  static class UntaggedStack extends BrokenPool {
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

  /** Takes a lost exchange for an empty stack. */
  static final class FaintStack extends UntaggedStack {
    FaintStack(PoolSpec spec) {
      super(spec);
    }

    @Override
    public int pop(int cpu) {
      long first = memory.getAcquire(head);
      if (first == 0) {
        return MISSED;
      }
      long second = memory.getOpaque(next(first - 1));
      return memory.compareAndExchange(head, first, second) == first ? (int) first - 1 : MISSED;
    }
  }

  /** Drops what it should hand to the last peeker: the instance is never linked again. */
  static final class DebtlessFreelist extends BrokenPool {
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
  static final class CarelessFreelist extends BrokenPool {
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
}
