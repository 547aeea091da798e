package dev.kretsim.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.interleave.Interleaving;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is particular to the queue: its pending waiter, and its four nodes for each CPU. */
class QueuedSpinLockTest {
  private static final int CPUS = 4;

  private final Interleaving interleaving = new Interleaving();
  private final CpuContexts cpus = new CpuContexts(CPUS, interleaving);

  private RawSpinLock newLock() {
    Layout layout = new Layout();
    int word = layout.reserve(RawSpinLock.WORDS);
    return LockDesigns.QUEUED.create(interleaving.create(layout), word, cpus);
  }

  private Interleaving.Strand locking(RawSpinLock lock, int cpu) {
    return interleaving.start(
        () -> {
          lock.lock(cpu);
          return cpu;
        });
  }

  private Interleaving.Strand waiting(RawSpinLock lock, int cpu) {
    Interleaving.Strand waiter = locking(lock, cpu);
    runOn(waiter);
    assertThat(waiter.finished()).as("cpu %d waits", cpu).isFalse();
    return waiter;
  }

  private static void runOn(Interleaving.Strand strand) {
    while (strand.runnable()) {
      strand.step();
    }
  }

  private static void step(Interleaving.Strand strand, int accesses) {
    for (int i = 0; i < accesses; i++) {
      strand.step();
    }
  }

  @Test
  void theSecondCpuWaitsOnThePendingBitAndTakesNoNode() {
    RawSpinLock lock = newLock();
    lock.lock(0);
    waiting(lock, 1);
    assertThat(cpus.enterQueue(1)).isZero();
  }

  @Test
  void thePendingWaiterIsServedBeforeTheQueue() {
    RawSpinLock lock = newLock();
    lock.lock(0);
    Interleaving.Strand pending = waiting(lock, 1);
    Interleaving.Strand queued = waiting(lock, 2);
    lock.unlock(0);
    runOn(queued);
    assertThat(queued.finished()).isFalse();
    runOn(pending);
    assertThat(pending.finished()).isTrue();
    lock.unlock(1);
    runOn(queued);
    assertThat(queued.finished()).isTrue();
  }

  /** A task and the interrupts that came over it, each waiting for a lock of its own. */
  @Nested
  class WhenOneCpuWaitsAtEveryNestingLevel {
    private static final int NESTED = 1;

    private final Deque<Wait> waits = new ArrayDeque<>();

    /** A lock held by CPU 0, CPU 2 on its pending bit, and a context of the nested CPU behind. */
    private record Wait(RawSpinLock lock, Interleaving.Strand pending, Interleaving.Strand nested) {
      void end() {
        lock.unlock(0);
        runOn(pending);
        lock.unlock(2);
        runOn(nested);
        assertThat(nested.finished()).isTrue();
        lock.unlock(NESTED);
      }
    }

    private Wait begin() {
      RawSpinLock lock = newLock();
      lock.lock(0);
      return new Wait(lock, waiting(lock, 2), waiting(lock, NESTED));
    }

    @BeforeEach
    void nest() {
      for (int level = 0; level < CpuContexts.NESTING_LEVELS; level++) {
        waits.push(begin());
      }
    }

    @AfterEach
    void everyNodeIsGivenBackInTheOrderInterruptsReturn() {
      waits.forEach(Wait::end);
      assertThat(cpus.enterQueue(NESTED)).isZero();
    }

    @Test
    void aFifthWaiterGetsThroughOutsideTheQueueSoOthersMayPassIt() {
      Wait fifth = begin();
      fifth.lock().unlock(0);
      runOn(fifth.pending());
      fifth.lock().unlock(2);
      assertThat(fifth.lock().tryLock(3)).isTrue();
      fifth.lock().unlock(3);
      runOn(fifth.nested());
      assertThat(fifth.nested().finished()).isTrue();
    }

    @Test
    void aFifthWaiterThatSetsThePendingBitForAMomentLeavesNobodyWaitingForIt() {
      RawSpinLock lock = newLock();
      lock.lock(0);
      Interleaving.Strand fifth = locking(lock, NESTED);
      step(fifth, 3); // it has seen the lock held and nobody waiting, and is to set pending
      Interleaving.Strand pending = waiting(lock, 2);
      Interleaving.Strand queued = waiting(lock, 3);
      lock.unlock(0);
      runOn(pending);
      lock.unlock(2);
      step(queued, 1); // it has seen that its turn has come, and is to take the lock
      step(fifth, 1);
      runOn(queued);
      runOn(fifth);
      runOn(queued);
      assertThat(queued.finished()).as("the queued CPU has the lock").isTrue();
      lock.unlock(3);
      runOn(fifth);
      assertThat(fifth.finished()).as("and then the fifth waiter").isTrue();
    }
  }
}
