package dev.kretsim.stress.probe;

import dev.kretsim.probe.Kretprobe;

/**
 * CPU 0 calls, while CPU 1 unregisters the kretprobe and frees what its handlers use, as a module
 * does that is unloaded next.
 */
public abstract class UnregisterRace extends ProbedMachine {
  private final ProbeOwner owner = new ProbeOwner();
  private final Kretprobe probe = kretprobe(1, owner);

  protected UnregisterRace(ProbeParts parts) {
    super(parts);
    owner.prepare();
    kprobes.register(probe);
    quiescent(0);
  }

  /** CPU 0: one call that sleeps a little, and no more. */
  protected final void callOnce() {
    enter(0);
    quiescent(0);
    leave(0);
    offline(0);
  }

  /** CPU 0: one call that sleeps a little, and is killed then. */
  protected final void dieInside() {
    enter(0);
    quiescent(0);
    die(0);
    offline(0);
  }

  /** CPU 1. */
  protected final void unregister() {
    guarded(1, () -> kprobes.unregister(probe, 1));
    owner.free();
  }

  /** What became of the call, or what is wrong. */
  protected final String verdict() {
    return verdict(fateOf(probe));
  }
}
