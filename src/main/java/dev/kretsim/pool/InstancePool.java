package dev.kretsim.pool;

import java.util.List;

/**
 * A fixed set of kretprobe instances, handed out at function entry and taken back at return.
 *
 * <p><b>Shape.</b> Instances are numbered {@code 0 .. capacity()-1}; each is owned by exactly one
 * holder or free, never both. <b>Ordering.</b> What a holder wrote before {@link #push} is visible
 * to whoever {@link #pop}s that instance next. <b>Threads.</b> Any CPU may call at any time; two
 * calls for one CPU never overlap. Nothing is allocated.
 */
public interface InstancePool {
  /** Returned by {@link #pop} when no instance was found: the kernel counts {@code nmissed}. */
  int MISSED = -1;

  /**
   * {@return how many instances there are, fixed at construction: {@code maxactive} of the
   * kretprobe}
   */
  int capacity();

  /**
   * Takes a free instance.
   *
   * @param cpu the emulated CPU that asks
   * @return an instance in {@code [0, capacity())}, or {@link #MISSED}
   */
  int pop(int cpu);

  /**
   * Gives back an instance that the caller owns; giving it back twice corrupts the pool.
   *
   * @param cpu the emulated CPU that gives it back, which need not be the one that took it
   * @param instance what {@link #pop} returned, in {@code [0, capacity())}
   */
  void push(int cpu, int instance);

  /**
   * {@return how many instances are free} Exact only while nobody is between the start and the end
   * of an operation; for checks after a run.
   */
  int free();

  /**
   * {@return the free instances, for looking at} They are a list for each place where the pool
   * keeps them (one for each possible CPU, or just one), each in the order in which it hands them
   * out. Exact as {@link #free} is.
   *
   * @throws UnsupportedOperationException if the pool cannot show them, as rivals and twins may
   */
  default List<List<Integer>> freeLists() {
    throw new UnsupportedOperationException("shows no free instances: " + getClass().getName());
  }
}
