package dev.kretsim.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Who takes part in {@link PoolBenchmark}: what is ours or the kernel's first, then the peers. */
final class Contenders {
  /** {@link DirectRing}, which is no pool of the product and in no other benchmark. */
  static final String DIRECT = "RING_DIRECT";

  private Contenders() {}

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Design design : Design.values()) {
      names.add(design.name());
    }
    names.add(DIRECT);
    for (Peer peer : Peer.values()) {
      names.add(peer.name());
    }
    return names;
  }

  static Contender create(String name, int capacity, int cpus) {
    if (name.equals(DIRECT)) {
      return new InstanceContender(new DirectRing(capacity, cpus), cpus);
    }
    for (Design design : Design.values()) {
      if (design.name().equals(name)) {
        return new InstanceContender(design.create(capacity, cpus), cpus);
      }
    }
    return Peer.valueOf(name).create(capacity, cpus);
  }
}
