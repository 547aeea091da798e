package dev.kretsim.memory;

import java.util.concurrent.TimeUnit;

/** Ends what would go on for ever: throws at the first look after the time is up. */
public final class Deadline implements Runnable {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(long seconds) {
    return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }

  @Override
  public void run() {
    if (System.nanoTime() - end > 0) {
      throw new AssertionError("goes on for ever");
    }
  }
}
