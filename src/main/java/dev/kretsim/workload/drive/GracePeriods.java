package dev.kretsim.workload.drive;

import dev.kretsim.kernel.machine.Rcu;

/**
 * Ends grace periods that nobody waits for: what is to be done after one is done a while later. CPU
 * 0 sees to it, between hits.
 */
final class GracePeriods {
  /** A few ticks of a kernel that makes 250 a second. */
  private static final long LENGTH_NS = 12_000_000;

  private static final int CPU = 0;

  private final Rcu rcu;
  private long endsAtNs = CpuLoop.NEVER;

  GracePeriods(Rcu rcu) {
    this.rcu = rcu;
  }

  /** Ends what is due, and says when the next one ends: {@link CpuLoop#NEVER} if none has begun. */
  long turn(long now) {
    if (!rcu.hasCallbacks()) {
      endsAtNs = CpuLoop.NEVER;
    } else if (endsAtNs == CpuLoop.NEVER) {
      endsAtNs = now + LENGTH_NS;
    } else if (endsAtNs <= now) {
      rcu.synchronize(CPU);
      endsAtNs = CpuLoop.NEVER;
    }
    return endsAtNs;
  }

  /** No CPU runs any more: everything is due. */
  void endAll() {
    if (rcu.hasCallbacks()) {
      rcu.synchronize(CPU);
    }
  }
}
