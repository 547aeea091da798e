package dev.kretsim.pool;

/**
 * A design of an instance pool, by name: what {@code --pool NAME} takes, and what benchmarks, races
 * and the explorer are pointed at.
 *
 * <p>A design of your own is a public class that implements this, with a public constructor without
 * arguments, named in {@code META-INF/services/dev.kretsim.pool.PoolDesign} of its jar; those that
 * ship are declared in the same way. What a design says of itself here is what tests then hold it
 * to.
 */
public interface PoolDesign {
  /** In which order instances are handed out, seen from one CPU at a time. */
  enum Order {
    /** What came back last goes first. */
    LIFO,
    /** What came back first goes first. */
    FIFO,
    /** Neither, or each CPU has an order of its own. */
    UNORDERED
  }

  /** Where an operation may be interrupted by another of the same CPU. */
  enum Nesting {
    /** Anywhere, by an NMI as well. */
    ANYWHERE,
    /** Where interrupts are on, which the pool turns off while it must not be disturbed. */
    WHERE_INTERRUPTS_ARE_ON,
    /** Nowhere. */
    NOWHERE
  }

  /**
   * {@return the design's name: lower-case letters, digits, {@code -} and {@code _}, beginning with
   * a letter}
   */
  String name();

  /**
   * Makes a full pool.
   *
   * @param spec how many instances, and the machine they are for
   * @return a pool whose instances are all free
   * @throws IllegalArgumentException if the capacity is beyond {@link #maxCapacity}
   */
  InstancePool create(PoolSpec spec);

  /**
   * {@return the most instances that it can have on a machine with so many possible CPUs} Only the
   * objpool has a limit in the kernel; the other limits are those of an array here, which memory
   * runs out before.
   *
   * @param cpus how many could ever come online, at least 1
   */
  default int maxCapacity(int cpus) {
    return Integer.MAX_VALUE;
  }

  /** {@return whether it misses only when nothing is free; the others may miss transiently} */
  default boolean exact() {
    return true;
  }

  /** {@return the order in which free instances come back, by which it can be checked} */
  default Order order() {
    return Order.UNORDERED;
  }

  /** {@return where an operation may be interrupted by another of the same CPU} */
  default Nesting nesting() {
    return Nesting.WHERE_INTERRUPTS_ARE_ON;
  }

  /**
   * {@return whether operations run under the lock of the {@link PoolSpec}, whose form then
   * matters}
   */
  default boolean locked() {
    return false;
  }

  /**
   * {@return whether it keeps state that is no word of {@link dev.kretsim.memory.Memory}, so that
   * it can be run and raced on real threads, but neither simulated nor explored}
   */
  default boolean realMemoryOnly() {
    return false;
  }
}
