package dev.kretsim.planted;

import dev.kretsim.lock.BrokenLocks;
import dev.kretsim.pool.BrokenPools;
import dev.kretsim.probe.BrokenProbes;
import java.util.List;
import java.util.stream.Stream;

/** All planted bugs, of all packages. */
public final class PlantedBugs {
  private PlantedBugs() {}

  public static List<PlantedBug> all() {
    return Stream.of(BrokenPools.planted(), BrokenLocks.planted(), BrokenProbes.planted())
        .flatMap(List::stream)
        .toList();
  }
}
