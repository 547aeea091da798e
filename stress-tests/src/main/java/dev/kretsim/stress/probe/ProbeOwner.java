package dev.kretsim.stress.probe;

/**
 * Whoever has registered a probe, and what its handlers use. A handler is to find it ready: after
 * its owner has made it so and registered, and before its owner is told that it is unregistered and
 * frees it.
 */
public final class ProbeOwner {
  private static final int READY = 42;
  private static final int FREED = -1;

  // Plain on purpose: only registration shows it to handlers, and keeps them away in the end.
  private int data;

  private int hits;

  /** To be called before the probe is registered. */
  public void prepare() {
    data = READY;
  }

  /** To be called after the probe was unregistered. */
  public void free() {
    data = FREED;
  }

  /** What a handler does at a hit; with hits on one CPU only, they can be counted. */
  boolean findsItsData() {
    hits++;
    return data == READY;
  }

  /** Runs of handlers, if one CPU only was hit. */
  public int hits() {
    return hits;
  }
}
