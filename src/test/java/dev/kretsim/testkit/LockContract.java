package dev.kretsim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.lock.SelfDeadlockException;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.interleave.Interleaving;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every form of the raw spinlock promises to CPUs that come one after the other. A lock of
 * your own is put to it as a pool is to {@link PoolContract}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LockContract {
  /** The forms that are put to the test. */
  protected abstract List<LockDesign> designs();

  final Stream<LockUnderTest> locks() {
    return designs().stream().map(LockUnderTest::of);
  }

  final Stream<LockUnderTest> fairLocks() {
    return designs().stream().filter(LockDesign::fifo).map(LockUnderTest::of);
  }

  private static RawSpinLock lock(LockUnderTest form, int cpus, Memory.Factory memories) {
    Layout layout = new Layout();
    int words = layout.reserve(RawSpinLock.WORDS);
    return form.create(memories.create(layout), words, new CpuContexts(cpus, memories));
  }

  private static RawSpinLock real(LockUnderTest form, int cpus) {
    return lock(form, cpus, RealMemory::new);
  }

  @ParameterizedTest
  @MethodSource("locks")
  void takingAHeldLockOnTheSameCpuIsReportedAsSelfDeadlock(LockUnderTest form) {
    RawSpinLock lock = real(form, 2);
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
  @MethodSource("locks")
  void aRefusedWaitLeavesInterruptsAsTheyWere(LockUnderTest form) {
    Layout layout = new Layout();
    int words = layout.reserve(RawSpinLock.WORDS);
    CpuContexts cpus = new CpuContexts(1, RealMemory::new);
    RawSpinLock lock = form.create(new RealMemory(layout), words, cpus);
    lock.lock(0);
    assertThatThrownBy(() -> lock.lockIrqSave(0)).isInstanceOf(SelfDeadlockException.class);
    assertThat(cpus.irqsEnabled(0)).isTrue();
    long irqs = cpus.saveAndDisableIrqs(0);
    assertThatThrownBy(() -> lock.lockIrqSave(0)).isInstanceOf(SelfDeadlockException.class);
    assertThat(cpus.irqsEnabled(0)).isFalse();
    cpus.restoreIrqs(0, irqs);
    assertThat(cpus.irqsEnabled(0)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("locks")
  void onlyTheHolderUnlocks(LockUnderTest form) {
    RawSpinLock lock = real(form, 2);
    assertThatThrownBy(() -> lock.unlock(0)).hasMessage("only the holder unlocks: cpu=0");
    lock.lock(1);
    assertThatThrownBy(() -> lock.unlock(0)).hasMessage("only the holder unlocks: cpu=0");
    lock.unlock(1);
  }

  @ParameterizedTest
  @MethodSource("locks")
  void tryLockTakesAFreeLockAndLeavesAHeldOne(LockUnderTest form) {
    RawSpinLock lock = real(form, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(lock.tryLock(0)).isTrue();
      assertThat(lock.tryLock(1)).isFalse();
      lock.unlock(0);
    }
    lock.lock(1);
    lock.unlock(1);
  }

  @ParameterizedTest
  @MethodSource("locks")
  void interruptsStayOffUntilTheOutermostRestore(LockUnderTest form) {
    Layout layout = new Layout();
    int first = layout.reserve(RawSpinLock.WORDS);
    int second = layout.reserve(RawSpinLock.WORDS);
    Memory memory = new RealMemory(layout);
    CpuContexts cpus = new CpuContexts(2, RealMemory::new);
    RawSpinLock outer = form.create(memory, first, cpus);
    RawSpinLock inner = form.create(memory, second, cpus);
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
  @MethodSource("locks")
  void aWaiterLooksButTouchesNothingWhileTheLockIsHeld(LockUnderTest form) {
    Interleaving interleaving = new Interleaving();
    RawSpinLock lock = lock(form, 2, interleaving);
    lock.lock(0);
    Interleaving.Strand waiter =
        interleaving.start(
            () -> {
              lock.lock(1);
              return 1;
            });
    while (waiter.runnable() && waiter.accesses() < 20) {
      waiter.step();
    }
    assertThat(waiter.runnable()).isFalse();
    lock.unlock(0);
    assertThat(waiter.runnable()).isTrue();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("fairLocks")
  void waitersAreServedInTheOrderTheyCame(LockUnderTest form) {
    Interleaving interleaving = new Interleaving();
    int cpus = 5;
    RawSpinLock lock = lock(form, cpus, interleaving);
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
}
