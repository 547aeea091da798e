package dev.kretsim.stress.lock;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;

/** Two CPUs at one lock, and what it protects: plain fields. */
public abstract class LockedCounter {
  /** How a lock is made: a kind's constructor, or a twin's. */
  @FunctionalInterface
  public interface Form {
    RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus);
  }

  private static final int CPUS = 2;
  private static final int ROUNDS = 3;

  private final RawSpinLock lock;
  private final CpuContexts cpus = new CpuContexts(CPUS, RealMemory::new);

  // Plain on purpose: only the lock keeps them together, and shows them to the next holder.
  private int count;
  private int copy;
  private boolean torn;

  protected LockedCounter(Form form) {
    Layout layout = new Layout();
    int word = layout.reserve(RawSpinLock.WORDS);
    lock = form.create(new RealMemory(layout), word, cpus);
  }

  /** A CPU counts to three, each time under the lock, with interrupts off. */
  protected final void count(int cpu) {
    for (int round = 0; round < ROUNDS; round++) {
      long irqs = lock.lockIrqSave(cpu);
      countInside();
      leave(() -> lock.unlockIrqRestore(cpu, irqs));
    }
  }

  /** A CPU tries once and counts if it gets in; 1 if it did. */
  protected final int tryToCount(int cpu) {
    if (!lock.tryLock(cpu)) {
      return 0;
    }
    countInside();
    leave(() -> lock.unlock(cpu));
    return 1;
  }

  private void countInside() {
    torn |= count != copy;
    count++;
    copy++;
  }

  /** A twin's lock may have been taken by somebody else meanwhile, and says so. */
  private void leave(Runnable unlock) {
    try {
      unlock.run();
    } catch (IllegalStateException notTheHolder) {
      torn = true;
    }
  }

  /** What was counted; -1 if two were inside at once, or interrupts are still off. */
  protected final int counted() {
    boolean irqs = cpus.irqsEnabled(0) && cpus.irqsEnabled(1);
    return torn || count != copy || !irqs ? -1 : count;
  }
}
