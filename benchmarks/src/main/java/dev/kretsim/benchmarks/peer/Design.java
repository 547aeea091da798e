package dev.kretsim.benchmarks.peer;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.pool.PoolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A design that is compared: a pool, under one lock where it has one, or the floor.
 *
 * @param label what {@code -p design=} takes: {@code RING}, {@code HLIST_TAS}
 */
public record Design(String label, PoolDesign pool, LockDesign lock) {
  /** No pool at all: what the rest of the benchmark costs. */
  public static final Design FLOOR = new Design("FLOOR", PoolDesigns.HLIST, LockDesigns.TAS);

  /** The floor, and then every pool that is found, under each lock where it has one. */
  public static List<Design> all() {
    List<Design> all = new ArrayList<>(List.of(FLOOR));
    for (PoolDesign pool : PoolDesigns.all()) {
      if (pool.locked()) {
        for (LockDesign lock : LockDesigns.all()) {
          all.add(new Design(label(pool.name() + "_" + lock.name()), pool, lock));
        }
      } else {
        all.add(new Design(label(pool.name()), pool, LockDesigns.QUEUED));
      }
    }
    return all;
  }

  /**
   * The design of that label or pool, in letters of any size; a pool with a lock has the queued.
   */
  static Optional<Design> named(String wanted) {
    Optional<Design> labelled =
        all().stream().filter(design -> design.label.equals(label(wanted))).findFirst();
    return labelled.isPresent()
        ? labelled
        : PoolDesigns.named(wanted.toLowerCase(Locale.ROOT))
            .map(pool -> new Design(label(wanted), pool, LockDesigns.QUEUED));
  }

  /**
   * The same for a benchmark, which nobody checked the name for.
   *
   * @throws IllegalArgumentException with all labels, if there is none
   */
  public static Design of(String wanted) {
    return named(wanted)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "design must be one of %s: %s"
                        .formatted(
                            String.join(", ", all().stream().map(Design::label).toList()),
                            wanted)));
  }

  private static String label(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  public boolean isFloor() {
    return equals(FLOOR);
  }

  public InstancePool create(int capacity, int cpus) {
    if (isFloor()) {
      return new ThreadLocalStacks(capacity, cpus);
    }
    return pool.create(
        new PoolSpec(capacity, new CpuContexts(cpus, RealMemory::new), RealMemory::new, lock));
  }

  @Override
  public String toString() {
    return label;
  }
}
