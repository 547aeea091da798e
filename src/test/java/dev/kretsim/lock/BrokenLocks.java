package dev.kretsim.lock;

import dev.kretsim.memory.ForwardingMemory;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.TornMemory;
import java.util.ArrayList;
import java.util.List;

/** Locks that are each one line away from a right one. */
final class BrokenLocks {
  private BrokenLocks() {}

  /** A broken lock, and the words by which the check must find it out. */
  record Twin(String name, String symptom, LockRaceCheck.Form form) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Twin> all() {
    List<Twin> all = new ArrayList<>();
    for (LockKind kind : LockKind.values()) {
      all.add(
          new Twin(
              kind.label() + " on memory whose exchanges come apart",
              "two CPUs inside",
              (memory, word, cpus) -> kind.create(new TornMemory(memory), word, cpus)));
    }
    all.add(new Twin("test, then set", "two CPUs inside", TestThenSetLock::new));
    all.add(
        new Twin(
            "queue that does not wait for the pending CPU",
            "two CPUs inside",
            (memory, word, cpus) ->
                LockKind.QUEUED.create(new PendingForgotten(memory), word, cpus)));
    all.add(
        new Twin(
            "tickets of which some are not called", "every CPU waits", ForgetfulTicketLock::new));
    all.add(
        new Twin(
            "try-lock that looks at the tickets once only",
            "two CPUs inside",
            HastyTicketLock::new));
    return all;
  }

  /** The queued lock waits for the locked and pending bits at once; here, for locked alone. */
  private static final class PendingForgotten extends ForwardingMemory {
    private static final long LOCKED = 1;

    PendingForgotten(Memory behind) {
      super(behind);
    }

    @Override
    public long awaitEqual(int word, long mask, long value) {
      return super.awaitEqual(word, mask & LOCKED, value);
    }
  }

  static final class TestThenSetLock extends RawSpinLock {
    TestThenSetLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    void acquire(int cpu) {
      memory.awaitEqual(word, -1, 0);
      memory.setOpaque(word, 1);
    }

    @Override
    boolean tryAcquire() {
      boolean free = memory.getAcquire(word) == 0;
      if (free) {
        memory.setOpaque(word, 1);
      }
      return free;
    }

    @Override
    void release() {
      memory.setRelease(word, 0);
    }
  }

  private abstract static class TicketTwin extends RawSpinLock {
    static final int SERVING = 1;

    TicketTwin(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    void acquire(int cpu) {
      long ticket = memory.getAndAdd(word, 1);
      memory.awaitEqual(word + SERVING, -1, ticket);
    }

    @Override
    boolean tryAcquire() {
      long next = memory.getAcquire(word);
      return memory.getAcquire(word + SERVING) == next
          && memory.compareAndExchange(word, next, next + 1) == next;
    }

    @Override
    void release() {
      memory.setRelease(word + SERVING, memory.get(word + SERVING) + 1);
    }
  }

  private static final class ForgetfulTicketLock extends TicketTwin {
    ForgetfulTicketLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    void release() {
      long served = memory.get(word + SERVING) + 1;
      if (memory.getOpaque(word) == served) {
        memory.setRelease(word + SERVING, served);
      }
    }
  }

  private static final class HastyTicketLock extends TicketTwin {
    HastyTicketLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    boolean tryAcquire() {
      boolean free = memory.getAcquire(word + SERVING) == memory.getAcquire(word);
      if (free) {
        memory.getAndAdd(word, 1);
      }
      return free;
    }
  }
}
