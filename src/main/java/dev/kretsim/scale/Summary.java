package dev.kretsim.scale;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What processors and lines have counted, as the point that users see. */
record Summary(Simulation.Setup setup, List<Processor> processors, Coherence coherence) {
  private static final double PS_PER_NS = 1e3;

  /**
   * The point.
   *
   * @param elapsed picoseconds since processors and lines were told to forget
   */
  Point point(long elapsed, double opsPerSecond) {
    double sum = 0;
    double squares = 0;
    long misses = 0;
    long missesThoughFree = 0;
    long failures = 0;
    long longest = 0;
    double present = (double) elapsed * processors.size();
    for (Processor processor : processors) {
      sum += processor.ops;
      squares += (double) processor.ops * processor.ops;
      misses += processor.misses;
      missesThoughFree += processor.missesThoughFree;
      failures += processor.failures;
      longest = Math.max(longest, processor.longest);
      present -= processor.lateInAll;
    }
    double stalled = 0;
    double transfers = 0;
    double lock = 0;
    Map<String, Double> byLine = new TreeMap<>();
    double[] byLevel = new double[Machine.Level.values().length];
    for (Line line : coherence.lines()) {
      stalled += line.stalled;
      transfers += line.transfers();
      for (int level = 0; level < byLevel.length; level++) {
        byLevel[level] += line.moved[level] / sum;
      }
      if (line.stalled > 0) {
        byLine.merge(line.name, (double) line.stalled, Double::sum);
      }
      lock += line.name.startsWith("lock") || line.name.startsWith("queue") ? line.stalled : 0;
    }
    double longestQueue =
        coherence.lines().stream().mapToDouble(line -> line.stalled).max().orElse(0);
    Map<Machine.Level, Double> levels = new EnumMap<>(Machine.Level.class);
    for (Machine.Level level : Machine.Level.values()) {
      if (byLevel[level.ordinal()] > 0) {
        levels.put(level, byLevel[level.ordinal()]);
      }
    }
    double all = stalled;
    byLine.replaceAll((name, time) -> time / all);
    return new Point(
        setup.pool().name(),
        setup.threads(),
        setup.placement(),
        opsPerSecond,
        misses / sum,
        missesThoughFree / sum,
        failures / sum,
        transfers / sum,
        levels,
        setup.pool().locked() ? lock / sum / PS_PER_NS : Double.NaN,
        Math.min(1, stalled / present),
        byLine,
        longestQueue / elapsed,
        sum * sum / (processors.size() * squares),
        longest / PS_PER_NS,
        coherence.accesses);
  }
}
