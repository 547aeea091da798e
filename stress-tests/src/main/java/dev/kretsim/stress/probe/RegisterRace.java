package dev.kretsim.stress.probe;

import dev.kretsim.probe.Kretprobe;
import dev.kretsim.stress.Turns;

/** CPU 0 calls in turn, while CPU 1 prepares what the handlers use and registers the kretprobe. */
public abstract class RegisterRace extends ProbedMachine {
  private static final int HANDLERS = 2;

  private final ProbeOwner owner = new ProbeOwner();
  private final Kretprobe probe = kretprobe(1, owner);
  private final Turns turns = new Turns();

  protected RegisterRace(ProbeParts parts) {
    super(parts);
  }

  /** CPU 0. */
  protected final void callInTurn() {
    for (int i = 0; i < Turns.CALLS; i++) {
      int before = owner.hits();
      call(0);
      turns.add(owner.hits() - before == HANDLERS);
    }
  }

  /** CPU 1, first. */
  protected final void prepare() {
    owner.prepare();
  }

  /** CPU 1, then. */
  protected final void register() {
    guarded(1, () -> kprobes.register(probe));
  }

  /** CPU 1 of a twin: does something else first, for which others need not wait. */
  protected final void readTheList() {
    guarded(1, () -> kprobes.list());
  }

  /** Which calls were followed, or what is wrong. */
  protected final String verdict() {
    return verdict(turns.rising());
  }
}
