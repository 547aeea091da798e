package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.PoolBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who takes part in {@link PoolBenchmark}: what is ours or the kernel's first, then the peers. */
public final class Contenders {
  /** {@link DirectRing}, which is no pool of the product and in no other benchmark. */
  public static final String DIRECT = "RING_DIRECT";

  /** No pool at all: what the benchmark costs besides. */
  public static final String NOTHING = "NOTHING";

  private Contenders() {}

  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Design design : Design.all()) {
      names.add(design.label());
    }
    names.add(DIRECT);
    for (Peer peer : Peer.values()) {
      names.add(peer.name());
    }
    return names;
  }

  /** The label of the design of that name, in letters of any size, or as results print it. */
  public static Optional<String> labelled(String name) {
    String label = name.strip().replace(' ', '_');
    Optional<String> known =
        names().stream().filter(one -> one.equalsIgnoreCase(label)).findFirst();
    return known.isPresent() ? known : Design.named(label).map(Design::label);
  }

  public static Contender create(String name, int capacity, int cpus) {
    if (name.equals(DIRECT)) {
      return new InstanceContender(new DirectRing(capacity, cpus), cpus);
    }
    if (name.equals(NOTHING)) {
      return new InstanceContender(new OwnNumber(capacity), cpus);
    }
    for (Peer peer : Peer.values()) {
      if (peer.name().equalsIgnoreCase(name)) {
        return peer.create(capacity, cpus);
      }
    }
    return new InstanceContender(Design.of(name).create(capacity, cpus), cpus);
  }
}
