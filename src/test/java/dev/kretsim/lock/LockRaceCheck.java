package dev.kretsim.lock;

import dev.kretsim.memory.Interleaving;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Runs a lock through random interleavings, access by access, and checks that one CPU at a time is
 * inside and that each gets in. In some schedules a CPU only tries.
 */
final class LockRaceCheck {
  private static final long NOT_TAKEN = -1;

  /** How a lock under test is made: a constructor, right or broken. */
  interface Form {
    RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus);
  }

  private final RawSpinLock lock;
  private final CpuContexts cpus;
  private final String where;
  private int inside;

  private LockRaceCheck(Form form, int cpuCount, Interleaving interleaving, String where) {
    Layout layout = new Layout();
    int words = layout.reserve(RawSpinLock.WORDS);
    this.cpus = new CpuContexts(cpuCount, interleaving);
    this.lock = form.create(interleaving.create(layout), words, cpus);
    this.where = where;
  }

  /**
   * One schedule.
   *
   * @throws AssertionError if two CPUs are inside, or nobody gets on
   */
  static void run(Form form, int cpus, int rounds, long seed) {
    String where = "cpus=%d seed=%d".formatted(cpus, seed);
    Interleaving interleaving = new Interleaving();
    LockRaceCheck check = new LockRaceCheck(form, cpus, interleaving, where);
    List<Queue<Schedules.Operation>> work = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      boolean onlyTries = cpu == 0 && seed % 2 == 0;
      work.add(check.workOf(cpu, rounds, onlyTries));
    }
    try {
      Schedules.run(interleaving, work, seed);
    } catch (RuntimeException stuckOrBroken) {
      throw new AssertionError(stuckOrBroken + ": " + where, stuckOrBroken);
    }
    for (int cpu = 0; cpu < cpus; cpu++) {
      check.require(check.cpus.irqsEnabled(cpu), "interrupts left off: cpu=" + cpu);
    }
  }

  private Queue<Schedules.Operation> workOf(int cpu, int rounds, boolean onlyTries) {
    Queue<Schedules.Operation> work = Schedules.queue();
    for (int round = 0; round < rounds; round++) {
      // What the lock returned, for the unlock.
      long[] saved = {NOT_TAKEN};
      work.add(
          onlyTries
              ? new Schedules.Operation(
                  () -> lock.tryLock(cpu) ? 0 : NOT_TAKEN, taken -> enters(saved, taken))
              : new Schedules.Operation(() -> lock.lockIrqSave(cpu), irqs -> enters(saved, irqs)));
      // Without an access of its own: the CPU is inside up to the very start of its unlock.
      work.add(new Schedules.Operation(() -> 0, ignored -> leaves(saved)));
      work.add(new Schedules.Operation(() -> unlock(cpu, saved[0], onlyTries), ignored -> {}));
    }
    return work;
  }

  private void enters(long[] saved, long result) {
    saved[0] = result;
    if (result != NOT_TAKEN) {
      inside++;
      require(inside == 1, "two CPUs inside");
    }
  }

  private void leaves(long[] saved) {
    if (saved[0] != NOT_TAKEN) {
      inside--;
    }
  }

  private long unlock(int cpu, long saved, boolean onlyTries) {
    if (saved != NOT_TAKEN) {
      if (onlyTries) {
        lock.unlock(cpu);
      } else {
        lock.unlockIrqRestore(cpu, saved);
      }
    }
    return saved;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise + ": " + where);
    }
  }
}
