package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/**
 * A form of a raw spinlock, by name: what {@code --lock NAME} takes.
 *
 * <p>A lock of your own is a public class that implements this, with a public constructor without
 * arguments, named in {@code META-INF/services/dev.kretsim.lock.LockDesign} of its jar; those that
 * ship are declared in the same way.
 */
public interface LockDesign {
  /**
   * {@return the design's name: lower-case letters, digits, {@code -} and {@code _}, beginning with
   * a letter}
   */
  String name();

  /**
   * Makes a free lock.
   *
   * @param memory where the lock lives
   * @param firstWord the first of {@link RawSpinLock#WORDS} words of {@code memory}, all zero
   * @param cpus the CPUs that will take it
   * @return a lock that nobody holds
   */
  RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus);

  /** {@return whether CPUs get it in the order in which they asked} */
  default boolean fifo() {
    return false;
  }
}
