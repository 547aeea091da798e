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

  /** As {@link FreelistPool}: right, unless a twin overrides a line of it. */
  static class Whole extends BrokenPool {
    static final long OWED = 1L << 31;
    static final long COUNT = OWED - 1;

    Whole(PoolSpec spec) {
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
        if (!hold(refs)) {
          first = afterLostRace();
          continue;
        }
        long second = memory.getOpaque(next(first - 1));
        long witness = unlink(refs, first, second);
        if (witness == first) {
          return (int) first - 1;
        }
        if (memory.getAndAdd(refs, -1) == OWED + 1) {
          linkForAnother((int) first - 1);
        }
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

    final void link(int instance) {
      long first = memory.getOpaque(head);
      while (true) {
        memory.setOpaque(next(instance), first);
        list(refs(instance));
        long witness = memory.compareAndExchange(head, first, instance + 1L);
        if (witness == first || !mayTryAgain(refs(instance))) {
          return;
        }
        first = witness;
      }
    }

    long afterLostRace() {
      return memory.getAcquire(head);
    }

    boolean hold(int refs) {
      long count = memory.getOpaque(refs);
      return (count & COUNT) != 0 && memory.compareAndExchange(refs, count, count + 1) == count;
    }

    long unlink(int refs, long first, long second) {
      long witness = memory.compareAndExchange(head, first, second);
      if (witness == first) {
        memory.getAndAdd(refs, -2);
      }
      return witness;
    }

    void linkForAnother(int instance) {
      link(instance);
    }

    void list(int refs) {
      memory.setRelease(refs, 1);
    }

    boolean mayTryAgain(int refs) {
      return memory.getAndAdd(refs, OWED - 1) == 1;
    }
  }

  /**
   * Without the bit that says "should be on the list": a push that finds peekers leaves no word.
   */
  static final class Bitless extends Whole {
    Bitless(PoolSpec spec) {
      super(spec);
    }

    @Override
    public void push(int cpu, int instance) {
      if (memory.getAndAdd(refs(instance), 0) == 0) {
        link(instance);
      }
    }
  }

  /** Takes a node that somebody else is at for the end of the list. */
  static final class Faint extends Whole {
    Faint(PoolSpec spec) {
      super(spec);
    }

    @Override
    long afterLostRace() {
      return 0;
    }
  }

  /** Drops what it should link as the last peeker: the instance is never listed again. */
  static final class Debtless extends Whole {
    Debtless(PoolSpec spec) {
      super(spec);
    }

    @Override
    void linkForAnother(int instance) {}
  }

  /** Lets go of the node before it has exchanged the head. */
  static final class ReleasedEarly extends Whole {
    ReleasedEarly(PoolSpec spec) {
      super(spec);
    }

    @Override
    long unlink(int refs, long first, long second) {
      memory.getAndAdd(refs, -1);
      long witness = memory.compareAndExchange(head, first, second);
      memory.getAndAdd(refs, witness == first ? -1 : 1);
      return witness;
    }
  }

  /** Keeps the list's reference to a node that it has taken. */
  static final class ListedForEver extends Whole {
    ListedForEver(PoolSpec spec) {
      super(spec);
    }

    @Override
    long unlink(int refs, long first, long second) {
      long witness = memory.compareAndExchange(head, first, second);
      if (witness == first) {
        memory.getAndAdd(refs, -1);
      }
      return witness;
    }
  }

  /** Writes a node's next again though somebody may be looking at it. */
  static final class Relinking extends Whole {
    Relinking(PoolSpec spec) {
      super(spec);
    }

    @Override
    boolean mayTryAgain(int refs) {
      memory.getAndAdd(refs, -1);
      return true;
    }
  }

  /** Holds nodes that are on no list. */
  static final class HoldsTaken extends Whole {
    HoldsTaken(PoolSpec spec) {
      super(spec);
    }

    @Override
    boolean hold(int refs) {
      memory.getAndAdd(refs, 1);
      return true;
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
