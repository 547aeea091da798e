package dev.kretsim.scale.measure;

import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;

/**
 * Two CPUs that hand words to and fro by exchanges, as core-to-core latency is measured. How long
 * that takes depends on where in the shared cache a line has its place, so many lines are tried.
 */
final class PingPong {
  private static final int LINES = 32;
  private static final int WORDS_APART = 32;

  /** Of each line; the first runs are thrown away. */
  private static final int RUNS = 9;

  private static final int WARMING_RUNS = 3;

  private static final int TRIES_PER_YIELD = 10_000;

  private final AtomicLongArray words = new AtomicLongArray((LINES + 1) * WORDS_APART);
  private final CyclicBarrier bothArePinned = new CyclicBarrier(2);
  private final double[] each = new double[LINES];
  private final int rounds;

  private PingPong(int rounds) {
    this.rounds = rounds;
  }

  /**
   * Half of a round trip between two CPUs in nanoseconds: the mean of all lines.
   *
   * @param pin ties the calling thread to a CPU, as far as that works
   * @param rounds round trips of one run
   */
  static double between(int one, int other, IntConsumer pin, int rounds)
      throws InterruptedException {
    PingPong game = new PingPong(rounds);
    Thread replies = new Thread(() -> game.play(() -> pin.accept(other), game::reply));
    Thread serves = new Thread(() -> game.play(() -> pin.accept(one), game::serve));
    replies.start();
    serves.start();
    serves.join();
    replies.join();
    return Arrays.stream(game.each).average().orElseThrow();
  }

  private void play(Runnable pin, Runnable part) {
    pin.run();
    try {
      bothArePinned.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("a thread of the measurement was stopped", e);
    }
    part.run();
  }

  private void reply() {
    long all = (long) (WARMING_RUNS + RUNS) * rounds;
    for (int line = 1; line <= LINES; line++) {
      for (long round = 0; round < all; round++) {
        exchange(line * WORDS_APART, 2 * round + 1);
      }
    }
  }

  private void serve() {
    double[] runs = new double[RUNS];
    for (int line = 1; line <= LINES; line++) {
      long round = 0;
      for (int run = -WARMING_RUNS; run < RUNS; run++) {
        long from = System.nanoTime();
        for (long end = round + rounds; round < end; round++) {
          exchange(line * WORDS_APART, 2 * round);
        }
        if (run >= 0) {
          runs[run] = (System.nanoTime() - from) / 2.0 / rounds;
        }
      }
      each[line - 1] = Figure.median(runs);
    }
  }

  /** Waits for a number and counts it up; lets others run if that takes long. */
  private void exchange(int ball, long expected) {
    for (int tries = 1; !words.compareAndSet(ball, expected, expected + 1); tries++) {
      if (tries % TRIES_PER_YIELD == 0) {
        Thread.yield();
      }
    }
  }
}
