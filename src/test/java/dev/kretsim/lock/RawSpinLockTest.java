package dev.kretsim.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.Interleaving;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every form of the raw spinlock promises; the broken ones show that the checks can fail. */
class RawSpinLockTest {
  private static final long SEEDS = 400;

  /** Two CPUs inside show as the count, or as the one's unlock finding the other's name. */
  private static final String TWO_INSIDE = "(?s).*(inside at once|only the holder unlocks).*";

  private interface Form {
    RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus);
  }

  private static RawSpinLock lock(Memory.Factory memories, int cpus, Form form) {
    Layout layout = new Layout();
    int words = layout.reserve(RawSpinLock.WORDS);
    return form.create(memories.create(layout), words, new CpuContexts(cpus, memories));
  }

  private static RawSpinLock real(LockKind kind, int cpus) {
    return lock(RealMemory::new, cpus, kind::create);
  }

  /** Each CPU takes and gives back the lock a few times; counts who is inside at once. */
  private static void contend(Form form, int cpus, int rounds, long seed) {
    Interleaving interleaving = new Interleaving();
    RawSpinLock lock = lock(interleaving, cpus, form);
    int[] inside = new int[1];
    List<Queue<Schedules.Operation>> work = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      int me = cpu;
      Queue<Schedules.Operation> mine = Schedules.queue();
      for (int round = 0; round < rounds; round++) {
        mine.add(
            new Schedules.Operation(
                () -> lock.lockIrqSave(me),
                saved -> assertThat(++inside[0]).as("inside at once, seed=%d", seed).isEqualTo(1)));
        // The critical section ends when the unlock begins.
        mine.add(
            new Schedules.Operation(
                () -> {
                  lock.unlockIrqRestore(me, 0);
                  return 0;
                },
                done -> {}));
      }
      work.add(mine);
    }
    Schedules.run(interleaving, leavingAtUnlock(work, inside), seed);
  }

  /** Marks the start of each unlock, as an operation without accesses of its own. */
  private static List<Queue<Schedules.Operation>> leavingAtUnlock(
      List<Queue<Schedules.Operation>> work, int[] inside) {
    List<Queue<Schedules.Operation>> marked = new ArrayList<>();
    for (Queue<Schedules.Operation> mine : work) {
      Queue<Schedules.Operation> with = Schedules.queue();
      boolean locks = true;
      for (Schedules.Operation operation : mine) {
        if (!locks) {
          with.add(new Schedules.Operation(() -> 0, ignored -> inside[0]--));
        }
        with.add(operation);
        locks = !locks;
      }
      marked.add(with);
    }
    return marked;
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void oneCpuAtATimeIsInsideWhateverTheInterleaving(LockKind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      contend(kind::create, 2 + (int) (seed % 3), 3, seed);
    }
  }

  @Test
  void aTicketLockThatDrawsInTwoStepsIsCaught() {
    assertThat(firstFailure((memory, word, cpus) -> new TwoStepTicketLock(memory, word, cpus)))
        .hasMessageMatching(TWO_INSIDE);
  }

  @Test
  void aLockThatTestsAndSetsInTwoStepsIsCaught() {
    assertThat(firstFailure((memory, word, cpus) -> new TestThenSetLock(memory, word, cpus)))
        .hasMessageMatching(TWO_INSIDE);
  }

  @Test
  void aLockThatForgetsItsWaitersIsCaught() {
    assertThat(firstFailure((memory, word, cpus) -> new ForgetfulLock(memory, word, cpus)))
        .isInstanceOf(Schedules.DeadlockException.class);
  }

  private static Throwable firstFailure(Form broken) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        contend(broken, 2 + (int) (seed % 3), 3, seed);
      } catch (AssertionError | RuntimeException caught) {
        return caught;
      }
    }
    throw new AssertionError("the broken lock was not caught");
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void moreEmulatedCpusThanRealOnesGetThrough(LockKind kind) throws InterruptedException {
    int cpus = 16;
    int rounds = 500;
    RawSpinLock lock = real(kind, cpus);
    long[] plain = new long[1];
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      int me = cpu;
      new Thread(
              () -> {
                try {
                  for (int round = 0; round < rounds; round++) {
                    long irqs = lock.lockIrqSave(me);
                    plain[0]++;
                    lock.unlockIrqRestore(me, irqs);
                  }
                } catch (Throwable e) {
                  failure.set(e);
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    done.await();
    assertThat(failure).hasValue(null);
    assertThat(plain[0]).isEqualTo((long) cpus * rounds);
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void takingAHeldLockOnTheSameCpuIsReportedAsSelfDeadlock(LockKind kind) {
    RawSpinLock lock = real(kind, 2);
    lock.lock(1);
    assertThatThrownBy(() -> lock.lock(1))
        .isInstanceOf(SelfDeadlockException.class)
        .hasMessage("self-deadlock: cpu waits for a raw spinlock that it holds itself: cpu=1");
    assertThatThrownBy(() -> lock.lockIrqSave(1)).isInstanceOf(SelfDeadlockException.class);
    assertThat(lock.tryLock(1)).isFalse();
    lock.unlock(1);
    assertThat(lock.tryLock(0)).isTrue();
    lock.unlock(0);
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void onlyTheHolderUnlocks(LockKind kind) {
    RawSpinLock lock = real(kind, 2);
    assertThatThrownBy(() -> lock.unlock(0)).hasMessage("only the holder unlocks: cpu=0");
    lock.lock(1);
    assertThatThrownBy(() -> lock.unlock(0)).hasMessage("only the holder unlocks: cpu=0");
    lock.unlock(1);
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void tryLockTakesAFreeLockAndLeavesAHeldOne(LockKind kind) {
    RawSpinLock lock = real(kind, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(lock.tryLock(0)).isTrue();
      assertThat(lock.tryLock(1)).isFalse();
      lock.unlock(0);
    }
    lock.lock(1);
    lock.unlock(1);
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void interruptsStayOffUntilTheOutermostRestore(LockKind kind) {
    Layout layout = new Layout();
    int first = layout.reserve(RawSpinLock.WORDS);
    int second = layout.reserve(RawSpinLock.WORDS);
    Memory memory = new RealMemory(layout);
    CpuContexts cpus = new CpuContexts(2, RealMemory::new);
    RawSpinLock outer = kind.create(memory, first, cpus);
    RawSpinLock inner = kind.create(memory, second, cpus);
    long outerIrqs = outer.lockIrqSave(0);
    long innerIrqs = inner.lockIrqSave(0);
    assertThat(cpus.irqsEnabled(0)).isFalse();
    assertThat(cpus.irqsEnabled(1)).isTrue();
    inner.unlockIrqRestore(0, innerIrqs);
    assertThat(cpus.irqsEnabled(0)).isFalse();
    outer.unlockIrqRestore(0, outerIrqs);
    assertThat(cpus.irqsEnabled(0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xfffe, 0xffff})
  void ticketsWrapAroundAtSixteenBits(long firstTicket) {
    Form form = (memory, word, cpus) -> new TicketSpinLock(memory, word, cpus, firstTicket);
    for (long seed = 0; seed < 50; seed++) {
      contend(form, 3, 4, seed);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LockKind.class,
      names = {"TICKET", "QUEUED"})
  void waitersAreServedInTheOrderTheyCame(LockKind kind) {
    Interleaving interleaving = new Interleaving();
    int cpus = 5;
    RawSpinLock lock = lock(interleaving, cpus, kind::create);
    lock.lock(0);
    List<Interleaving.Strand> waiters = new ArrayList<>();
    for (int cpu = 1; cpu < cpus; cpu++) {
      int me = cpu;
      Interleaving.Strand waiter =
          interleaving.start(
              () -> {
                lock.lock(me);
                return me;
              });
      while (waiter.runnable()) {
        waiter.step();
      }
      assertThat(waiter.finished()).isFalse();
      waiters.add(waiter);
    }
    lock.unlock(0);
    for (int turn = 1; turn < cpus; turn++) {
      stepAll(waiters);
      assertThat(waiters.get(turn - 1).finished()).as("cpu %d at turn %d", turn, turn).isTrue();
      assertThat(waiters.stream().filter(Interleaving.Strand::finished)).hasSize(turn);
      lock.unlock(turn);
    }
  }

  private static void stepAll(List<Interleaving.Strand> strands) {
    for (boolean moved = true; moved; ) {
      moved = false;
      for (Interleaving.Strand strand : strands) {
        while (strand.runnable()) {
          strand.step();
          moved = true;
        }
      }
    }
  }

  /** Broken twin: reads the next ticket and writes it back in two accesses. */
  private static final class TwoStepTicketLock extends RawSpinLock {
    TwoStepTicketLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    void acquire(int cpu) {
      long ticket = memory.getOpaque(word);
      memory.setOpaque(word, ticket + 1);
      memory.awaitEqual(word + 1, -1, ticket);
    }

    @Override
    boolean tryAcquire() {
      return false;
    }

    @Override
    void release() {
      memory.setRelease(word + 1, memory.get(word + 1) + 1);
    }
  }

  /** Broken twin: tests and sets in two accesses. */
  private static final class TestThenSetLock extends RawSpinLock {
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
      return false;
    }

    @Override
    void release() {
      memory.setRelease(word, 0);
    }
  }

  /** Broken twin: a ticket lock that counts its served tickets only now and then. */
  private static final class ForgetfulLock extends RawSpinLock {
    ForgetfulLock(Memory memory, int firstWord, CpuContexts cpus) {
      super(memory, firstWord, cpus);
    }

    @Override
    void acquire(int cpu) {
      long ticket = memory.getAndAdd(word, 1);
      memory.awaitEqual(word + 1, -1, ticket);
    }

    @Override
    boolean tryAcquire() {
      return false;
    }

    @Override
    void release() {
      long served = memory.get(word + 1) + 1;
      if (memory.getOpaque(word) == served) {
        memory.setRelease(word + 1, served);
      }
    }
  }
}
