package dev.kretsim.scale;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What processors and lines have counted while they were measured, and the point it makes. */
final class Summary {
  private static final double PS_PER_NS = 1e3;

  private final Simulation.Setup setup;
  private final List<Processor> processors;
  private final Coherence coherence;
  private final long[] opsOf;
  private final long[] moved = new long[Machine.Level.values().length];
  private double[] stalledFor = new double[0];
  private long elapsed;
  private long misses;
  private long missesThoughFree;
  private long failures;
  private long longest;

  Summary(Simulation.Setup setup, List<Processor> processors, Coherence coherence) {
    this.setup = setup;
    this.processors = processors;
    this.coherence = coherence;
    this.opsOf = new long[processors.size()];
  }

  /** From here on counts. */
  void begin() {
    processors.forEach(Processor::forget);
    coherence.lines().forEach(Line::forget);
  }

  /**
   * Up to here counted.
   *
   * @param took picoseconds since {@link #begin}
   */
  void end(long took) {
    elapsed += took;
    for (Processor processor : processors) {
      opsOf[processor.id] += processor.ops;
      misses += processor.misses;
      missesThoughFree += processor.missesThoughFree;
      failures += processor.failures;
      longest = Math.max(longest, processor.longest);
    }
    for (Line line : coherence.lines()) {
      if (line.number >= stalledFor.length) {
        stalledFor = Arrays.copyOf(stalledFor, 2 * line.number + 1);
      }
      stalledFor[line.number] += line.stalled;
      for (int level = 0; level < moved.length; level++) {
        moved[level] += line.moved[level];
      }
    }
  }

  /** All that counted, as the point that users see. */
  Point point(double opsPerSecond, double margin) {
    double sum = 0;
    double squares = 0;
    for (long ops : opsOf) {
      sum += ops;
      squares += (double) ops * ops;
    }
    double transfers = 0;
    Map<Machine.Level, Double> levels = new EnumMap<>(Machine.Level.class);
    for (Machine.Level level : Machine.Level.values()) {
      long count = moved[level.ordinal()];
      transfers += count;
      if (count > 0) {
        levels.put(level, count / sum);
      }
    }
    double stalled = 0;
    double lock = 0;
    double longestQueue = 0;
    Map<String, Double> byLine = new TreeMap<>();
    for (Line line : coherence.lines()) {
      double time = stalledFor[line.number];
      stalled += time;
      longestQueue = Math.max(longestQueue, time);
      if (time > 0) {
        byLine.merge(line.name, time, Double::sum);
      }
      lock += line.name.startsWith("lock") || line.name.startsWith("queue") ? time : 0;
    }
    double all = stalled;
    byLine.replaceAll((name, time) -> time / all);
    return new Point(
        setup.pool().name(),
        setup.threads(),
        setup.placement(),
        opsPerSecond,
        margin,
        misses / sum,
        missesThoughFree / sum,
        failures / sum,
        transfers / sum,
        levels,
        setup.pool().locked() ? lock / sum / PS_PER_NS : Double.NaN,
        Math.min(1, stalled / elapsed / processors.size()),
        byLine,
        longestQueue / elapsed,
        sum * sum / (processors.size() * squares),
        longest / PS_PER_NS,
        coherence.accesses);
  }
}
