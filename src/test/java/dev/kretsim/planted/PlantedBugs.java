package dev.kretsim.planted;

import dev.kretsim.lock.BrokenLocks;
import dev.kretsim.lock.LockEvidence;
import dev.kretsim.pool.BrokenPools;
import dev.kretsim.pool.PoolEvidence;
import dev.kretsim.probe.BrokenProbes;
import dev.kretsim.probe.ProbeEvidence;
import java.util.List;
import java.util.stream.Stream;

/** All planted bugs, of all packages, and what ships beside them. */
public final class PlantedBugs {
  private PlantedBugs() {}

  /** Rows of the matrix that belong together. */
  record Group(String name, List<Suspect> suspects) {}

  static List<Group> groups() {
    return List.of(
        new Group("pools", BrokenPools.planted()),
        new Group("locks", BrokenLocks.planted()),
        new Group("probes", BrokenProbes.planted()));
  }

  public static List<Suspect> all() {
    return groups().stream().flatMap(group -> group.suspects().stream()).toList();
  }

  /** What must not be found to be broken. */
  static List<Suspect> shipped() {
    return Stream.of(PoolEvidence.shipped(), LockEvidence.shipped(), ProbeEvidence.shipped())
        .flatMap(List::stream)
        .toList();
  }
}
