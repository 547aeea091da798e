package dev.kretsim.pool;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RelaxedMemory;
import dev.kretsim.memory.TornMemory;
import dev.kretsim.planted.Suspect;
import dev.kretsim.testkit.PoolExploration;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Pools that are each one line away from a right one. A check that passes them is worthless.
 *
 * <p>An instance that two hands share shows as a data race on its data, or as data that has
 * changed, whichever comes first.
 */
public final class BrokenPools {
  private static final String DOUBLED = "^(data race|instance in two hands|.*goes on for ever)";
  private static final String LOST = "^(instances lost|data race|instance in two hands)";
  private static final String MISSED = "^missed with instances free";
  private static final String UNORDERED = "^data race";
  private static final String STUCK = "^nobody gets on";
  private static final int SEEDS = 300;

  private BrokenPools() {}

  /**
   * A broken pool.
   *
   * @param symptom the breach of a promise by which it must be found out
   */
  public record Twin(PoolUnderTest pool, String symptom) {
    Suspect planted() {
      return PoolEvidence.of(pool)
          .explored(symptom, () -> PoolExploration.firstFailure(pool, SEEDS));
    }

    @Override
    public String toString() {
      return pool.name();
    }
  }

  /** All of them. */
  public static List<Suspect> planted() {
    return all().stream().map(Twin::planted).toList();
  }

  public static List<Twin> all() {
    List<Twin> all =
        new ArrayList<>(
            List.of(
                twin("stack without a tag", DOUBLED, BrokenFreelists.UntaggedStack::new),
                new Twin(unlockedPush(), LOST),
                twin("freelist that never pays its debt", LOST, BrokenFreelists.Debtless::new),
                twin(
                    "freelist without the should-be-on-list bit",
                    LOST,
                    BrokenFreelists.Bitless::new),
                twin("freelist that lets go early", DOUBLED, BrokenFreelists.ReleasedEarly::new),
                twin(
                    "freelist that keeps the list's reference",
                    LOST,
                    BrokenFreelists.ListedForEver::new),
                twin("freelist that links what is held", DOUBLED, BrokenFreelists.Relinking::new),
                twin("freelist that holds what is taken", DOUBLED, BrokenFreelists.HoldsTaken::new),
                twin(
                    "freelist whose peekers hold nothing",
                    DOUBLED,
                    BrokenFreelists.CarelessFreelist::new),
                twin("ring that publishes before it writes", DOUBLED, BrokenRings.EarlyRing::new),
                twin("ring that takes without an exchange", DOUBLED, BrokenRings.UnfencedRing::new),
                twin("objpool that stores last first", DOUBLED, BrokenObjpools.LastFirst::new),
                twin("objpool with a relaxed last", UNORDERED, BrokenObjpools.RelaxedLast::new),
                twin("objpool that all push to", LOST, BrokenObjpools.SharedRing::new),
                twin("objpool without a second look", DOUBLED, BrokenObjpools.StaleLast::new),
                twin(
                    "objpool that looks at head alone",
                    STUCK,
                    BrokenObjpools.LooksAtHeadAlone::new),
                twin(
                    "objpool that reads an entry given up", DOUBLED, BrokenObjpools.EntryLast::new),
                twin(
                    "owned ring that publishes early",
                    DOUBLED,
                    BrokenOwnedRings.PublishesEarly::new),
                twin("owned ring that stores its head", DOUBLED, BrokenOwnedRings.StoresHead::new),
                twin("owned rings collected once", MISSED, BrokenOwnedRings.CollectsOnce::new),
                twin("list that misses its last one", LOST, BrokenLists.StingyList::new),
                twin(
                    "list that misses when the lock is taken",
                    MISSED,
                    BrokenLists.ImpatientList::new),
                twin("objpool taken for exact", MISSED, Objpool::new),
                new Twin(
                    PoolUnderTest.of(
                        "freelist that gives up a lost race", false, BrokenFreelists.Faint::new),
                    MISSED),
                twin(
                    "list that leaves interrupts off",
                    "^interrupts left off",
                    BrokenLists.DeafList::new)));
    for (PoolUnderTest shipped : ShippedPools.interleaving()) {
      if (shipped.lock() != LockDesigns.TAS && !shipped.name().contains("wrap")) {
        all.add(
            new Twin(
                shipped.on(TornMemory::new).renamed(shipped + " on torn memory"),
                "^(data race|instance|every CPU waits|only the holder|java)"));
      }
    }
    all.add(relaxed("objpool"));
    all.add(relaxed("ring"));
    all.add(relaxed("hlist under ticket"));
    all.add(relaxed("hlist under tas"));
    return all;
  }

  private static Twin relaxed(String shipped) {
    return new Twin(
        ShippedPools.named(shipped)
            .on(RelaxedMemory::new)
            .renamed(shipped + " that releases nothing"),
        UNORDERED);
  }

  static PoolUnderTest named(String name) {
    return all().stream()
        .map(Twin::pool)
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public static PoolUnderTest unlockedPush() {
    return PoolUnderTest.of(
        "list whose push is outside the lock", false, BrokenLists.UnlockedPush::new);
  }

  private static Twin twin(String name, String symptom, Function<PoolSpec, InstancePool> design) {
    return new Twin(PoolUnderTest.of(name, symptom.equals(MISSED), design), symptom);
  }
}
