package dev.kretsim.stress.probe;

import dev.kretsim.probe.Kretprobe;

/**
 * CPU 0 calls a function with two kretprobes on it, while CPU 1 unregisters one of them and frees
 * what its handlers use.
 */
public abstract class OneOfTwoLeaves extends ProbedMachine {
  private final ProbeOwner staying = new ProbeOwner();
  private final ProbeOwner leaving = new ProbeOwner();
  private final Kretprobe stays = kretprobe(1, staying);
  private final Kretprobe leaves = kretprobe(1, leaving);

  /**
   * @param oldestLeaves whether the one that leaves was registered first: it has the true return
   *     address, the other the trampoline's
   */
  protected OneOfTwoLeaves(ProbeParts parts, boolean oldestLeaves) {
    super(parts);
    staying.prepare();
    leaving.prepare();
    kprobes.register(oldestLeaves ? leaves : stays);
    kprobes.register(oldestLeaves ? stays : leaves);
    quiescent(0);
  }

  /** CPU 0: one call that sleeps a little, and no more. */
  protected final void callOnce() {
    enter(0);
    quiescent(0);
    leave(0);
    offline(0);
  }

  /** CPU 1. */
  protected final void unregister() {
    guarded(1, () -> kprobes.unregister(leaves, 1));
    leaving.free();
  }

  /** What became of the call for the one that stays, and for the one that leaves. */
  protected final String verdict() {
    return verdict(fateOf(stays) + ", " + fateOf(leaves));
  }
}
