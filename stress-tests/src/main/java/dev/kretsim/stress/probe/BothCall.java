package dev.kretsim.stress.probe;

import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Tally;

/** Two CPUs call a function with kretprobes on it, once each. */
public abstract class BothCall extends ProbedMachine {
  private static final int CALLS = 2;

  private final Kretprobe[] probes;

  /**
   * @param kretprobes how many, of one instance each
   */
  protected BothCall(ProbeParts parts, int kretprobes) {
    super(parts);
    probes = new Kretprobe[kretprobes];
    for (int i = 0; i < probes.length; i++) {
      ProbeOwner owner = new ProbeOwner();
      owner.prepare();
      probes[i] = kretprobe(1, owner);
      kprobes.register(probes[i]);
    }
  }

  /**
   * How many of the two calls each of the probes has followed; or what is wrong, and that is also a
   * call which is neither followed nor missed.
   */
  protected final String verdict() {
    StringBuilder followed = new StringBuilder();
    for (Kretprobe probe : probes) {
      Tally tally = probe.registration().tally();
      if (tally.handled() + tally.missed() != CALLS) {
        breach(0, "a call got away");
      }
      followed.append(followed.length() == 0 ? "" : " ").append(tally.handled());
    }
    return verdict(followed.toString());
  }
}
