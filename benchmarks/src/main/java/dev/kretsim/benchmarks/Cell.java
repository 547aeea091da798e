package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.result.Score;
import java.util.SortedMap;

/**
 * One benchmark with some parameters fixed, run in one fork at a time; those left open are all run.
 *
 * @param benchmark a regular expression for class and method
 * @param main whether it belongs to a run of the main benchmarks, and so to a quick one
 * @param paced whether it runs with the runner's iterations and not with its own
 * @param alone whether it shows something only while no other program has a processor
 */
record Cell(
    String benchmark,
    int threads,
    SortedMap<String, String> params,
    boolean main,
    boolean paced,
    boolean alone) {
  /** One that runs in one thread with iterations of its own, all its parameters open. */
  static Cell whole(String benchmark, boolean alone) {
    return new Cell(benchmark, 1, Score.paramsOf(), true, false, alone);
  }
}
