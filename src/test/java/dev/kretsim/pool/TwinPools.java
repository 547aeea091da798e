package dev.kretsim.pool;

import java.util.function.Function;

/** Broken pools for races outside of this package, by the name of the planted bug. */
public final class TwinPools {
  private TwinPools() {}

  /**
   * The constructor of a broken pool.
   *
   * @param plantedBug as {@link BrokenPools#planted} calls it
   */
  public static Function<PoolSpec, InstancePool> of(String plantedBug) {
    return BrokenPools.all().stream()
        .filter(twin -> twin.pool().name().equals(plantedBug))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such planted bug: " + plantedBug))
        .pool()
        .constructor();
  }
}
