package dev.kretsim.pool;

import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All pools that ship, with each form of lock and with counters about to wrap around. */
public final class ShippedPools {
  private ShippedPools() {}

  public static List<PoolUnderTest> all() {
    List<PoolUnderTest> all = new ArrayList<>();
    for (PoolDesign design : PoolDesigns.shipped()) {
      all.addAll(PoolUnderTest.formsOf(design));
    }
    all.add(named(all, "objpool").made("objpool about to wrap", s -> new Objpool(s, 0xffff_fffeL)));
    all.add(named(all, "ring").made("ring about to wrap", spec -> new RingPool(spec, -2)));
    // Those that can be explored come first.
    all.sort(Comparator.comparing(PoolUnderTest::interleaves).reversed());
    return all;
  }

  public static List<PoolUnderTest> interleaving() {
    return all().stream().filter(PoolUnderTest::interleaves).toList();
  }

  static PoolUnderTest named(String shipped) {
    return named(all(), shipped);
  }

  private static PoolUnderTest named(List<PoolUnderTest> pools, String name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst().orElseThrow();
  }
}
