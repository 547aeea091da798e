package dev.kretsim.scale;

import dev.kretsim.scale.Machine.Level;
import java.util.Map;

/**
 * What a pool reaches with a number of threads.
 *
 * @param opsPerSecond pops with their pushes, over all threads; a miss counts as one
 * @param margin half the range in which the mean of longer simulations lies with 95 % confidence,
 *     as a part of {@code opsPerSecond}; NaN where one round of all threads was simulated
 * @param missedRatio of all pops
 * @param contentionMissedRatio of all pops, those that missed while calls held fewer instances than
 *     there are: contention alone has caused them
 * @param failuresPerOp exchanges that found another value than they expected
 * @param transfersPerOp cache lines that moved between cores
 * @param transfersByLevel these, by how far they moved; without levels that nothing moved over
 * @param lockWaitNs for the lock, per operation; NaN for pools without one
 * @param stalledShare of the threads' time that they waited for a line
 * @param stallByLine which part of that was for the lines of each name
 * @param queueLength how many threads wait at the most waited-for line, on average
 * @param fairness Jain's index of the threads' speeds: 1 if all are equal
 * @param longestNs the longest round of one thread: work, pops and pushes
 * @param accesses that were simulated, for judging speed
 */
public record Point(
    String pool,
    int threads,
    Placement placement,
    double opsPerSecond,
    double margin,
    double missedRatio,
    double contentionMissedRatio,
    double failuresPerOp,
    double transfersPerOp,
    Map<Level, Double> transfersByLevel,
    double lockWaitNs,
    double stalledShare,
    Map<String, Double> stallByLine,
    double queueLength,
    double fairness,
    double longestNs,
    long accesses) {
  /** The misses that counting calls inside tells, as the planner does. */
  public double plannedMissedRatio() {
    return missedRatio - contentionMissedRatio;
  }

  /** Operations without those that missed. */
  public double hitsPerSecond() {
    return opsPerSecond * (1 - missedRatio);
  }

  /** The same point under another name of where its threads are. */
  Point placed(Placement other) {
    return new Point(
        pool,
        threads,
        other,
        opsPerSecond,
        margin,
        missedRatio,
        contentionMissedRatio,
        failuresPerOp,
        transfersPerOp,
        transfersByLevel,
        lockWaitNs,
        stalledShare,
        stallByLine,
        queueLength,
        fairness,
        longestNs,
        accesses);
  }

  /** The name of the line that most of the waiting was for, or empty. */
  public String worstLine() {
    return stallByLine.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
