package dev.kretsim.probe;

/**
 * Exact counts of what happened to each call of a probed function, kept apart for each CPU so that
 * counting needs no atomic operation. The kernel's own counters are elsewhere: they may lie.
 */
public final class Ledger {
  /** What can happen to a call; each is counted for itself. */
  public enum Event {
    /** An enabled probe's function was entered. */
    ENTRY,
    /** A return handler's turn came; counted also when there is no handler. */
    HANDLED,
    /** The entry handler declined to follow the call. */
    DECLINED,
    /** No instance was free. */
    MISSED,
    /** Entered from inside a handler on the same CPU. */
    NESTED,
    /** Entered in an NMI, by a kernel that follows no calls there. */
    NMI,
    /** An instance follows the call now. */
    FOLLOWED,
    /** Its task died inside the call. */
    FLUSHED,
    /** It returned after the kretprobe had been unregistered. */
    ORPHANED
  }

  /** Two cache lines for each CPU, one more pair in front: neighbours in the heap stay away. */
  private static final int ROW = 16;

  private final long[] counts;

  Ledger(int cpus) {
    counts = new long[(cpus + 2) * ROW];
  }

  /**
   * Counts an event.
   *
   * @param cpu the CPU that it happened on; nobody else counts for that CPU meanwhile
   * @param event what happened
   */
  @SuppressWarnings("EnumOrdinal") // the column, which nobody outside sees
  public void count(int cpu, Event event) {
    counts[(cpu + 1) * ROW + event.ordinal()]++;
  }

  /** The sum over all CPUs; exact only while none of them counts. */
  @SuppressWarnings("EnumOrdinal")
  long total(Event event) {
    long total = 0;
    for (int row = ROW; row < counts.length; row += ROW) {
      total += counts[row + event.ordinal()];
    }
    return total;
  }
}
