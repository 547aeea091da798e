package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/**
 * The simplest lock: whoever exchanges a 1 for a 0 has it. Unfair; waiters look at a shared copy
 * and all try when it changes.
 *
 * <p><b>Source.</b> What x86 falls back to under a hypervisor ({@code virt_spin_lock}).
 */
final class TestAndSetSpinLock extends RawSpinLock {
  private static final long FREE = 0;
  private static final long HELD = 1;
  private static final long WHOLE_WORD = -1;

  TestAndSetSpinLock(Memory memory, int firstWord, CpuContexts cpus) {
    super(memory, firstWord, cpus);
  }

  @Override
  protected void acquire(int cpu) {
    boolean taken = tryAcquire();
    int loop = memory.loop();
    while (!taken) {
      memory.again(loop, 0);
      refuseSelfDeadlock(cpu);
      memory.awaitEqual(word, WHOLE_WORD, FREE);
      taken = tryAcquire();
    }
  }

  @Override
  protected boolean tryAcquire() {
    return memory.getAndSet(word, HELD) == FREE;
  }

  @Override
  protected void release() {
    memory.setRelease(word, FREE);
  }
}
