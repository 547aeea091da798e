package dev.kretsim.memory.explore;

import dev.kretsim.memory.interleave.Access;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Explorer} plays: CPUs, what each does, and what must hold. Set up anew for each
 * schedule, and the same each time.
 */
public interface Scene {
  /** How many CPUs there are, at most 31. */
  int cpus();

  /**
   * What a CPU does next, or null if it has done all. Asked at the start, and whenever it has ended
   * something.
   */
  @Nullable Operation next(int cpu);

  /**
   * What interrupts a CPU now, in the middle of an operation, or null.
   *
   * @param accesses how many this CPU has made, interrupts' included
   */
  default @Nullable Operation interrupt(int cpu, int accesses) {
    return null;
  }

  /**
   * Whether the check depends on what ended before what began. Then both are steps of their own;
   * else a CPU begins an operation at once when the one before it has ended.
   */
  default boolean observesOrder() {
    return false;
  }

  /**
   * Steps in which some operation has to end, or nobody gets on. Every exchange that fails does so
   * because another CPU's succeeded, so short operations need nowhere near as many unless all go
   * round in circles.
   */
  default int patience() {
    return 400;
  }

  /**
   * A CPU has made an access.
   *
   * @param before what the word held
   */
  default void accessed(int cpu, Access access, long before) {}

  /**
   * All is done: checks what must hold.
   *
   * @throws AssertionError if it does not
   */
  default void end() {}
}
