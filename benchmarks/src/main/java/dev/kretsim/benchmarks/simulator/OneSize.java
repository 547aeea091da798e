package dev.kretsim.benchmarks.simulator;

/**
 * A simulation of a pool of one size. A missed call draws its hold too, so that all simulations
 * with the same draws miss the same calls.
 */
public interface OneSize {
  /** Plays so many calls more, and says how many of these were missed. */
  long missed(int calls);
}
