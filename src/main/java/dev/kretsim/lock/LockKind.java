package dev.kretsim.lock;

import dev.kretsim.memory.Memory;
import java.util.Locale;

/** The forms of a raw spinlock. */
@SuppressWarnings("ImmutableEnumChecker") // the factories are constructors: no state
public enum LockKind {
  /** Test and set: unfair, cheapest when nobody waits. */
  TAS(TestAndSetSpinLock::new),
  /** Tickets: strictly first come, first served. */
  TICKET((memory, firstWord, cpus) -> new TicketSpinLock(memory, firstWord, cpus, 0)),
  /** The kernel's queued spinlock: what x86-64 and arm64 use. */
  QUEUED(QueuedSpinLock::new);

  private interface Constructor {
    RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus);
  }

  private final Constructor constructor;

  LockKind(Constructor constructor) {
    this.constructor = constructor;
  }

  /**
   * Makes a free lock.
   *
   * @param firstWord the first of {@link RawSpinLock#WORDS} words of {@code memory}, all zero
   */
  public RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus) {
    return constructor.create(memory, firstWord, cpus);
  }

  /** The name used on the command line and in results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
