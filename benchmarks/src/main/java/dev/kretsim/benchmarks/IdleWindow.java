package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.result.Host;
import java.util.function.Consumer;

/**
 * Waits for the machine to be idle: when others take processors, two threads do not run at once,
 * and what they share costs nothing.
 */
final class IdleWindow {
  static final int TRIES = 20;

  private static final double ENOUGH = 0.9;
  private static final long LOOK_MS = 1_000;
  private static final long PAUSE_MS = 4_000;

  /** How idle the machine is, over a while. */
  interface Gauge {
    double idleShare() throws InterruptedException;
  }

  private final Gauge gauge;
  private final long pauseMs;
  private final Consumer<String> log;

  IdleWindow(Consumer<String> log) {
    this(() -> Host.idleShare(LOOK_MS), PAUSE_MS, log);
  }

  IdleWindow(Gauge gauge, long pauseMs, Consumer<String> log) {
    this.gauge = gauge;
    this.pauseMs = pauseMs;
    this.log = log;
  }

  /** Whether it was idle before the tries were used up; each that failed is logged. */
  boolean await() throws InterruptedException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      double idle = gauge.idleShare();
      if (idle > ENOUGH) {
        return true;
      }
      log.accept("  busy: %.0f %% idle, try %d of %d".formatted(100 * idle, attempt, TRIES));
      Thread.sleep(pauseMs);
    }
    return false;
  }
}
