package dev.kretsim.pool;

import java.util.List;
import java.util.function.Function;

/**
 * Pools that are each one line away from a right one. A race test that passes them is worthless.
 */
final class BrokenPools {
  private static final String DOUBLED = "instance in two hands";
  private static final String LOST = "instances lost";
  private static final String MISSED = "missed with instances free";

  private BrokenPools() {}

  /**
   * A broken pool.
   *
   * @param symptom the breach of a promise by which it must be found out
   */
  record Twin(PoolUnderTest pool, String symptom) {
    @Override
    public String toString() {
      return pool.name();
    }
  }

  static List<Twin> all() {
    return List.of(
        twin("stack without a tag", DOUBLED, BrokenFreelists.UntaggedStack::new),
        new Twin(unlockedPush(), LOST),
        twin("freelist that never leaves the debt", LOST, BrokenFreelists.DebtlessFreelist::new),
        twin("freelist whose peekers hold nothing", DOUBLED, BrokenFreelists.CarelessFreelist::new),
        twin("ring that publishes before it writes", DOUBLED, BrokenRings.EarlyRing::new),
        twin("ring that takes without an exchange", DOUBLED, BrokenRings.UnfencedRing::new),
        twin("owned ring that publishes early", DOUBLED, BrokenOwnedRings.PublishesEarly::new),
        twin("owned ring that stores its head", DOUBLED, BrokenOwnedRings.StoresHead::new),
        twin("owned rings collected once", MISSED, BrokenOwnedRings.CollectsOnce::new),
        twin("list that misses its last one", MISSED, BrokenLists.StingyList::new),
        twin("list that misses when the lock is taken", MISSED, BrokenLists.ImpatientList::new),
        twin("objpool taken for exact", MISSED, Objpool::new),
        twin(
            "stack that gives up a lost race",
            "pops alone missed",
            BrokenFreelists.FaintStack::new),
        twin("list that leaves interrupts off", "interrupts left off", BrokenLists.DeafList::new));
  }

  static PoolUnderTest unlockedPush() {
    return PoolUnderTest.of(
        "list whose push is outside the lock", false, BrokenLists.UnlockedPush::new);
  }

  private static Twin twin(String name, String symptom, Function<PoolSpec, InstancePool> design) {
    return new Twin(PoolUnderTest.of(name, symptom.equals(MISSED), design), symptom);
  }
}
