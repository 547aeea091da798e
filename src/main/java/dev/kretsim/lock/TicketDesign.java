package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/** Tickets: strictly first come, first served. */
public record TicketDesign() implements LockDesign {
  @Override
  public String name() {
    return "ticket";
  }

  @Override
  public RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus) {
    return new TicketSpinLock(memory, firstWord, cpus, 0);
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
