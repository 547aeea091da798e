package dev.kretsim.stress.probe;

import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.stress.Turns;

/**
 * CPU 0 runs machine code again and again, while CPU 1 changes its bytes: a breakpoint comes and
 * goes, or becomes a jump and a breakpoint again. The code computes the same all the time.
 */
public abstract class PokedCode extends ProbedMachine {
  private final ProbeOwner owner = new ProbeOwner();
  private final ProbeOwner covered = new ProbeOwner();
  private final Kprobe probe = kprobe(0, owner);
  private final Turns turns = new Turns();

  protected PokedCode(ProbeParts parts) {
    super(parts);
    owner.prepare();
    covered.prepare();
    quiescent(0);
  }

  /** CPU 0. */
  protected final void runInTurn() {
    for (int i = 0; i < Turns.CALLS; i++) {
      int before = owner.hits();
      compute(0);
      turns.add(owner.hits() != before);
    }
    offline(0);
  }

  /** CPU 1, or nobody yet. */
  protected final void register() {
    guarded(1, () -> kprobes.register(probe));
  }

  /** CPU 1: the owner frees its data then. */
  protected final void unregister() {
    guarded(1, () -> kprobes.unregister(probe, 1));
    owner.free();
  }

  /** CPU 1, or nobody yet: makes the breakpoint a jump. */
  protected final void optimize() {
    guarded(1, () -> kprobes.optimize());
    if (kprobes.flavour(probe) != Flavour.OPTIMIZED) {
      breach(1, "not optimized");
    }
  }

  /** CPU 1: makes the jump a breakpoint. */
  protected final void forbidJumps() {
    guarded(1, () -> kprobes.allowOptimization(false));
  }

  /** CPU 1: probes an instruction that the jump lies on, so the jump has to go. */
  protected final void probeUnderTheJump() {
    guarded(1, () -> kprobes.register(kprobe(ADD, covered)));
  }

  /** Which runs the probe at the entry has seen, if it was there at first; or what is wrong. */
  protected final String verdict() {
    return verdict(turns.falling());
  }

  /** The same, if it came and went. */
  protected final String verdictOfComingAndGoing() {
    return verdict(turns.inOnePiece());
  }
}
