package dev.kretsim.lock;

import dev.kretsim.memory.ForwardingMemory;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RelaxedMemory;
import dev.kretsim.memory.TornMemory;
import dev.kretsim.planted.Suspect;
import dev.kretsim.testkit.LockExploration;
import dev.kretsim.testkit.LockScene;
import dev.kretsim.testkit.LockUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Locks that are each one line away from a right one. */
public final class BrokenLocks {
  private static final String TOGETHER = "^(two CPUs inside|data race)";
  private static final String STUCK = "^every CPU waits";

  private BrokenLocks() {}

  /**
   * A broken lock.
   *
   * @param symptom the breach by which it must be found out
   * @param original what it is a copy of
   */
  record Twin(String name, String symptom, LockDesign original, LockScene.Form form) {
    Suspect planted() {
      return LockEvidence.of(new LockUnderTest(name, form), original.name())
          .explored(symptom, () -> LockExploration.firstFailure(form));
    }
  }

  /** All of them. */
  public static List<Suspect> planted() {
    List<Suspect> all = new ArrayList<>(all().stream().map(Twin::planted).toList());
    all.add(
        Suspect.named("queue node used again by what interrupts the wait")
            .explored(
                "^(every CPU waits|data race|java)",
                () -> NestedWaits.firstFailure(NestedWaits::forgettingDepth)));
    return all;
  }

  static List<Twin> all() {
    List<Twin> all = new ArrayList<>();
    for (LockDesign kind : LockDesigns.shipped()) {
      all.add(
          new Twin(
              kind.name() + " on memory whose exchanges come apart",
              "^(two CPUs inside|data race|every CPU waits|java)",
              kind,
              (memory, word, cpus) -> kind.create(new TornMemory(memory), word, cpus)));
    }
    all.add(
        new Twin("lock that tests, then sets", TOGETHER, LockDesigns.TAS, TestThenSetLock::new));
    all.add(
        queued("queue that does not wait for the pending CPU", TOGETHER, PendingForgotten::new));
    all.add(queued("pending bit that nobody takes away", STUCK, PendingForEver::new));
    all.add(queued("successor that is not told", STUCK, SilentHandOver::new));
    all.add(
        new Twin(
            "tickets of which some are not called",
            STUCK,
            LockDesigns.TICKET,
            ForgetfulTicketLock::new));
    all.add(
        new Twin(
            "tickets called with a plain store",
            "^data race",
            LockDesigns.TICKET,
            PlainTicketLock::new));
    all.add(
        new Twin(
            "try-lock that looks at the tickets once only",
            TOGETHER,
            LockDesigns.TICKET,
            HastyTicketLock::new));
    all.add(
        new Twin(
            "tickets that release nothing",
            "^data race",
            LockDesigns.TICKET,
            (memory, word, cpus) ->
                LockDesigns.TICKET.create(new RelaxedMemory(memory), word, cpus)));
    return all;
  }

  private static Twin queued(String name, String symptom, UnaryOperator<Memory> broken) {
    return new Twin(
        name,
        symptom,
        LockDesigns.QUEUED,
        (memory, word, cpus) -> LockDesigns.QUEUED.create(broken.apply(memory), word, cpus));
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

  /** The pending waiter takes the lock, and leaves its bit behind. */
  private static final class PendingForEver extends ForwardingMemory {
    private static final long TAKE_OVER = 1 - (1 << 8);

    PendingForEver(Memory behind) {
      super(behind);
    }

    @Override
    public long getAndAdd(int word, long delta) {
      return super.getAndAdd(word, delta == TAKE_OVER ? 1 : delta);
    }
  }

  /** The head of the queue takes the whole word, though somebody has queued behind it. */
  private static final class SilentHandOver extends ForwardingMemory {
    private static final long LOCKED = 1;

    SilentHandOver(Memory behind) {
      super(behind);
    }

    @Override
    public long getAndBitwiseOr(int word, long bits) {
      return bits == LOCKED ? super.getAndSet(word, LOCKED) : super.getAndBitwiseOr(word, bits);
    }
  }

  static final class TestThenSetLock extends RawSpinLock {
    TestThenSetLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    protected void acquire(int cpu) {
      refuseSelfDeadlock(cpu);
      memory.awaitEqual(word, -1, 0);
      memory.setOpaque(word, 1);
    }

    @Override
    protected boolean tryAcquire() {
      boolean free = memory.getAcquire(word) == 0;
      if (free) {
        memory.setOpaque(word, 1);
      }
      return free;
    }

    @Override
    protected void release() {
      memory.setRelease(word, 0);
    }
  }

  private abstract static class TicketTwin extends RawSpinLock {
    static final int SERVING = 1;

    TicketTwin(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    protected void acquire(int cpu) {
      refuseSelfDeadlock(cpu);
      long ticket = memory.getAndAdd(word, 1);
      memory.awaitEqual(word + SERVING, -1, ticket);
    }

    @Override
    protected boolean tryAcquire() {
      long next = memory.getAcquire(word);
      return memory.getAcquire(word + SERVING) == next
          && memory.compareAndExchange(word, next, next + 1) == next;
    }

    @Override
    protected void release() {
      memory.setRelease(word + SERVING, memory.get(word + SERVING) + 1);
    }
  }

  private static final class ForgetfulTicketLock extends TicketTwin {
    ForgetfulTicketLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    protected void release() {
      long served = memory.get(word + SERVING) + 1;
      if (memory.getOpaque(word) == served) {
        memory.setRelease(word + SERVING, served);
      }
    }
  }

  private static final class PlainTicketLock extends TicketTwin {
    PlainTicketLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    protected void release() {
      memory.set(word + SERVING, memory.get(word + SERVING) + 1);
    }
  }

  private static final class HastyTicketLock extends TicketTwin {
    HastyTicketLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    protected boolean tryAcquire() {
      boolean free = memory.getAcquire(word + SERVING) == memory.getAcquire(word);
      if (free) {
        memory.getAndAdd(word, 1);
      }
      return free;
    }
  }
}
