package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/**
 * First come, first served: a CPU draws the next ticket and waits until it is called. All waiters
 * spin on the one word that says who is served.
 *
 * <p>The kernel packs both counters into 32 bits; here they are two words of one line, which keeps
 * the cost of unlocking: one store. Both count modulo 2^16, so at most 65 535 CPUs may wait.
 *
 * <p><b>Source.</b> {@code include/asm-generic/ticket_spinlock.h}.
 */
final class TicketSpinLock extends RawSpinLock {
  private static final long TICKETS = 0xffff;
  private static final int SERVING = 1;

  TicketSpinLock(Memory memory, int firstWord, CpuContexts cpus, long firstTicket) {
    super(memory, firstWord, cpus);
    memory.set(word, firstTicket & TICKETS);
    memory.set(word + SERVING, firstTicket & TICKETS);
  }

  @Override
  protected void acquire(int cpu) {
    // Asked before the ticket is drawn: a ticket once drawn has to be served.
    refuseSelfDeadlock(cpu);
    long ticket = memory.getAndAdd(word, 1) & TICKETS;
    memory.awaitEqual(word + SERVING, TICKETS, ticket);
  }

  @Override
  protected boolean tryAcquire() {
    // The next ticket is read first: if it is still the next one at the exchange, nobody has drawn
    // since, so the lock was free at the read between and is free now. Read the other way round,
    // 2^16 draws between the two reads would look like none.
    long next = memory.getAcquire(word);
    long serving = memory.getAcquire(word + SERVING);
    return (next & TICKETS) == serving && memory.compareAndExchange(word, next, next + 1) == next;
  }

  @Override
  protected void release() {
    // Only the holder writes this word, so reading it back needs no order.
    memory.setRelease(word + SERVING, (memory.get(word + SERVING) + 1) & TICKETS);
  }
}
