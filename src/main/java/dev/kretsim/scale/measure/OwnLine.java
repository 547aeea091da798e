package dev.kretsim.scale.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;

/** Loads, stores and exchanges on lines that nobody else wants. */
final class OwnLine {
  private static final int WORDS_APART = 32;
  private static final int LEAST_RUNS = 50;
  private static final long LEAST_NS = 60_000_000;

  private final AtomicLongArray words = new AtomicLongArray(4 * WORDS_APART);
  private final int accesses;

  /**
   * @param accesses how many are timed at once
   */
  OwnLine(int accesses) {
    this.accesses = accesses;
  }

  // A loop each: through one that is handed the access, the call of it would be timed as well.

  double exchange() {
    return timed(
        times -> {
          for (int i = 0; i < times; i++) {
            words.getAndAdd(WORDS_APART, 1);
          }
        });
  }

  double load() {
    return timed(
        times -> {
          for (int i = 0; i < times; i++) {
            words.getAcquire(2 * WORDS_APART);
          }
        });
  }

  double store() {
    return timed(
        times -> {
          for (int i = 0; i < times; i++) {
            words.setRelease(WORDS_APART, i);
          }
        });
  }

  /** Nanoseconds each: the median of many runs. */
  private double timed(IntConsumer loop) {
    List<Double> runs = new ArrayList<>();
    long begin = System.nanoTime();
    long now = begin;
    while (runs.size() < LEAST_RUNS || now - begin < LEAST_NS) {
      long from = now;
      loop.accept(accesses);
      now = System.nanoTime();
      runs.add((double) (now - from) / accesses);
    }
    return Figure.median(runs.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
