package dev.kretsim.lock;

/** A CPU asked for a raw spinlock that it holds already: a real kernel would hang here for ever. */
public final class SelfDeadlockException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  SelfDeadlockException(int cpu) {
    super("self-deadlock: cpu waits for a raw spinlock that it holds itself: cpu=" + cpu);
  }
}
