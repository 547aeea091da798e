package dev.kretsim.scale;

import java.util.Map;

/**
 * What a pool reaches with a number of threads.
 *
 * @param opsPerSecond pops with their pushes, over all threads; a miss counts as one
 * @param missedRatio of all pops
 * @param failuresPerOp exchanges that found another value than they expected
 * @param transfersPerOp cache lines that moved between cores
 * @param lockWaitNs for the lock, per operation; NaN for pools without one
 * @param stalledShare of the threads' time that they waited for a line
 * @param stallByLine which part of that was for the lines of each name
 * @param fairness Jain's index of the threads' speeds: 1 if all are equal
 * @param longestNs the longest round of one thread: work, pops and pushes
 * @param accesses that were simulated, for judging speed
 */
public record Point(
    String pool,
    int threads,
    Placement placement,
    double opsPerSecond,
    double missedRatio,
    double failuresPerOp,
    double transfersPerOp,
    double lockWaitNs,
    double stalledShare,
    Map<String, Double> stallByLine,
    double fairness,
    double longestNs,
    long accesses) {}
