package dev.kretsim.stress.probe;

import dev.kretsim.probe.Kretprobe;
import dev.kretsim.stress.Turns;

/** CPU 0 calls in turn, while CPU 1 disables the kretprobe, and perhaps enables it again. */
public abstract class DisableRace extends ProbedMachine {
  private static final int HANDLERS = 2;

  private final ProbeOwner owner = new ProbeOwner();
  private final Kretprobe probe = kretprobe(1, owner);
  private final Turns turns = new Turns();

  protected DisableRace(ProbeParts parts) {
    super(parts);
    owner.prepare();
    kprobes.register(probe);
  }

  /** CPU 0. */
  protected final void callInTurn() {
    for (int i = 0; i < Turns.CALLS; i++) {
      int before = owner.hits();
      call(0);
      turns.add(owner.hits() - before == HANDLERS);
    }
  }

  /** CPU 1. */
  protected final void disable() {
    guarded(1, () -> kprobes.disable(probe.kp()));
  }

  /** CPU 1. */
  protected final void enable() {
    guarded(1, () -> kprobes.enable(probe.kp()));
  }

  /** Which calls were followed, or what is wrong. */
  protected final String verdict() {
    return verdict(turns.falling());
  }

  /** What becomes of one more call, with everybody gone. */
  protected final String verdictOfAnotherCall() {
    int before = owner.hits();
    call(0);
    return verdict(owner.hits() - before == HANDLERS ? "followed" : "let go");
  }
}
