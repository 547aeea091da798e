package dev.kretsim.lock;

import dev.kretsim.memory.Memory;

/** Broken locks for races outside of this package, by the name of the planted bug. */
public final class TwinLocks {
  /** Makes a free lock; see {@link LockDesign#create}. */
  @FunctionalInterface
  public interface Form {
    RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus);
  }

  private TwinLocks() {}

  /**
   * The constructor of a broken lock.
   *
   * @param plantedBug as {@link BrokenLocks#planted} calls it
   */
  public static Form of(String plantedBug) {
    return BrokenLocks.all().stream()
            .filter(twin -> twin.name().equals(plantedBug))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such planted bug: " + plantedBug))
            .form()
        ::create;
  }
}
