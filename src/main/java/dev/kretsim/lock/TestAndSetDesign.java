package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/** Test and set: unfair, cheapest when nobody waits. */
public record TestAndSetDesign() implements LockDesign {
  @Override
  public String name() {
    return "tas";
  }

  @Override
  public RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus) {
    return new TestAndSetSpinLock(memory, firstWord, cpus);
  }

  @Override
  public String toString() {
    return name();
  }
}
