package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/**
 * A raw spinlock of the kernel: held by one emulated CPU at a time, never slept on.
 *
 * <p><b>Ordering.</b> What a CPU did before {@link #unlock} is visible to the next one that gets
 * through {@link #lock}. <b>Errors.</b> A CPU that waits for a lock it holds itself would hang for
 * ever in a real kernel; here it gets a {@link SelfDeadlockException}. <b>Source.</b> {@code
 * include/linux/spinlock.h} and the files named by each form.
 */
public abstract class RawSpinLock {
  /** Words that each form may use, from its first word on. */
  public static final int WORDS = 3;

  private static final int OWNER = 2;
  private static final int NOBODY = 0;

  /** Where the lock's words lie. */
  protected final Memory memory;

  /** The first of the two words that a form may use; the third is this class's own. */
  protected final int word;

  /** Those who may take this lock. */
  protected final CpuContexts cpus;

  /**
   * Makes a lock that nobody holds.
   *
   * @param memory where the lock lives
   * @param firstWord the first of {@link #WORDS} words of {@code memory}, all zero
   * @param cpus those who may take it
   */
  protected RawSpinLock(Memory memory, int firstWord, CpuContexts cpus) {
    this.memory = memory;
    this.word = firstWord;
    this.cpus = cpus;
  }

  /**
   * {@code raw_spin_lock}: waits until {@code cpu} holds the lock.
   *
   * @param cpu the CPU that asks
   */
  public final void lock(int cpu) {
    acquire(cpu);
    memory.setOpaque(word + OWNER, cpu + 1L);
  }

  /**
   * {@code raw_spin_trylock}: takes the lock if it is free now.
   *
   * @param cpu the CPU that asks
   * @return whether it holds the lock now
   */
  public final boolean tryLock(int cpu) {
    boolean taken = tryAcquire();
    if (taken) {
      memory.setOpaque(word + OWNER, cpu + 1L);
    }
    return taken;
  }

  /**
   * {@code raw_spin_unlock}.
   *
   * @param cpu the CPU that holds it
   * @throws IllegalStateException if {@code cpu} does not hold the lock
   */
  public final void unlock(int cpu) {
    if (memory.getOpaque(word + OWNER) != cpu + 1L) {
      throw new IllegalStateException("only the holder unlocks: cpu=" + cpu);
    }
    memory.setOpaque(word + OWNER, NOBODY);
    release();
  }

  /**
   * {@code raw_spin_lock_irqsave}: interrupts go off before the wait, so none can come in between
   * and ask for the same lock.
   *
   * @param cpu the CPU that asks
   * @return what {@link #unlockIrqRestore} takes
   * @throws SelfDeadlockException if {@code cpu} holds the lock; interrupts are as they were
   */
  public final long lockIrqSave(int cpu) {
    long saved = cpus.saveAndDisableIrqs(cpu);
    try {
      lock(cpu);
    } catch (SelfDeadlockException notTaken) {
      cpus.restoreIrqs(cpu, saved);
      throw notTaken;
    }
    return saved;
  }

  /**
   * {@code raw_spin_unlock_irqrestore}.
   *
   * @param cpu the CPU that holds it
   * @param saved what {@link #lockIrqSave} returned
   */
  public final void unlockIrqRestore(int cpu, long saved) {
    unlock(cpu);
    cpus.restoreIrqs(cpu, saved);
  }

  /**
   * Waits until the lock is taken; before each wait, {@link #refuseSelfDeadlock}.
   *
   * @param cpu the CPU that asks
   */
  protected abstract void acquire(int cpu);

  /**
   * Takes the lock if it is free now.
   *
   * @return whether it was free
   */
  protected abstract boolean tryAcquire();

  /** Makes the lock free, or hands it on; what was done before is visible to the next. */
  protected abstract void release();

  /**
   * To be called before each wait. Other CPUs write the owner word at any time, but never this
   * CPU's number, so a racing read cannot accuse it wrongly.
   *
   * @param cpu the CPU that is about to wait
   */
  protected final void refuseSelfDeadlock(int cpu) {
    if (memory.getOpaque(word + OWNER) == cpu + 1L) {
      throw new SelfDeadlockException(cpu);
    }
  }
}
