package dev.kretsim.probe.registry;

/** When the optimising worker runs: a while after the first change that it has not seen yet. */
final class OptimizerDelay {
  private static final long NEVER = Long.MAX_VALUE;

  private long delayNs;
  private long nowNs;
  private long dueNs = NEVER;

  OptimizerDelay(long delayNs) {
    this.delayNs = delayNs;
  }

  void setNs(long ns) {
    delayNs = ns;
  }

  /** Probes have changed. */
  void begin() {
    if (dueNs == NEVER) {
      dueNs = nowNs + delayNs;
    }
  }

  /** So much time passes; whether the worker is to run now. */
  boolean ends(long ns) {
    nowNs += ns;
    boolean due = nowNs >= dueNs;
    dueNs = due ? NEVER : dueNs;
    return due;
  }
}
