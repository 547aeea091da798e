package dev.kretsim.stress.pool;

import dev.kretsim.probe.Kretprobe;
import dev.kretsim.stress.probe.ProbeOwner;
import dev.kretsim.stress.probe.ProbeParts;
import dev.kretsim.stress.probe.ProbedMachine;

/** Two CPUs that miss: the only instance follows a call that sleeps. */
public abstract class BothMiss extends ProbedMachine {
  private final Kretprobe probe;

  protected BothMiss(ProbeParts parts) {
    super(parts);
    ProbeOwner owner = new ProbeOwner();
    owner.prepare();
    probe = kretprobe(1, owner);
    kprobes.register(probe);
    callAndSleep(0);
  }

  /** The kernel's counter and the exact one, or what is wrong. */
  protected final String verdict() {
    return verdict(probe.nmissed() + " of " + probe.registration().tally().missed());
  }
}
