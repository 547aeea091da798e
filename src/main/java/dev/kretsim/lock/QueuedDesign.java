package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/** The kernel's queued spinlock: what x86-64 and arm64 use. */
public record QueuedDesign() implements LockDesign {
  @Override
  public String name() {
    return "queued";
  }

  @Override
  public RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus) {
    return new QueuedSpinLock(memory, firstWord, cpus);
  }

  @Override
  public boolean fifo() {
    return true;
  }

  @Override
  public String toString() {
    return name();
  }
}
