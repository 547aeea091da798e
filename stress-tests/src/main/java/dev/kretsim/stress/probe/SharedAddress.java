package dev.kretsim.stress.probe;

import dev.kretsim.probe.Kprobe;
import dev.kretsim.stress.Turns;

/**
 * CPU 0 runs again and again into an address that has a probe; CPU 1 adds another there, or removes
 * it.
 */
public abstract class SharedAddress extends ProbedMachine {
  private final ProbeOwner staying = new ProbeOwner();
  private final ProbeOwner other = new ProbeOwner();
  private final Kprobe changing = kprobe(0, other);
  private final Turns turns = new Turns();

  /**
   * @param both whether both are there from the start
   */
  protected SharedAddress(ProbeParts parts, boolean both) {
    super(parts);
    staying.prepare();
    kprobes.register(kprobe(0, staying));
    if (both) {
      add();
    }
    quiescent(0);
  }

  /** CPU 0. */
  protected final void runInTurn() {
    for (int i = 0; i < Turns.CALLS; i++) {
      int before = other.hits();
      compute(0);
      turns.add(other.hits() != before);
    }
    offline(0);
  }

  /** CPU 1. */
  protected final void add() {
    other.prepare();
    guarded(1, () -> kprobes.register(changing));
  }

  /** CPU 1: the owner frees its data then. */
  protected final void remove() {
    guarded(1, () -> kprobes.unregister(changing, 1));
    other.free();
  }

  /** Which runs the probe that was added has seen, or what is wrong. */
  protected final String verdictOfComing() {
    return verdictOf(turns.rising());
  }

  /** Which runs the probe that was removed has seen, or what is wrong. */
  protected final String verdictOfGoing() {
    return verdictOf(turns.falling());
  }

  private String verdictOf(String fate) {
    if (staying.hits() != Turns.CALLS) {
      breach(0, "the one that stays was not called");
    }
    return verdict(fate);
  }
}
